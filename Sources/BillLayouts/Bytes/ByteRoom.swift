import Tabular

/// The room behind a batch's bytes, where values are written that don't stand in the file as they are.
struct ByteRoom {
  /// Where the batch's bytes begin.
  let base: UnsafeMutablePointer<UInt8>
  /// Where the next value may begin.
  private(set) var end: Int
  /// Where the room ends.
  let limit: Int

  init(_ batch: borrowing RecordBatch) { (base, end, limit) = batch.valueRoom }

  /// Takes room for so many bytes; `nil` where there isn't as much.
  @inline(__always)
  mutating func take(_ count: Int) -> UnsafeMutablePointer<UInt8>? {
    guard count <= limit - end else { return nil }
    end += count
    return base + (end - count)
  }

  /// Gives back so many of the bytes that were taken last.
  @inline(__always)
  mutating func giveBack(_ count: Int) { end -= count }

  /// A value and another right behind it; `nil` where there is no room.
  mutating func join(_ first: ByteValue, _ second: ByteValue) -> ByteValue? {
    guard let place = take(first.count + second.count) else { return nil }
    place.update(from: first.start, count: first.count)
    (place + first.count).update(from: second.start, count: second.count)
    return ByteValue(start: UnsafePointer(place), count: first.count + second.count)
  }

  /// An integer's digits, with a minus where it is negative.
  mutating func write(_ number: Int64) -> ByteValue? {
    let most = 20
    guard let place = take(most) else { return nil }
    var index = most
    var rest = number.magnitude
    // Most amounts fit into half a word, which is divided in half the time.
    while rest > UInt64(UInt32.max) {
      index -= 1
      place[index] = UInt8(truncatingIfNeeded: 48 + rest % 10)
      rest /= 10
    }
    var low = UInt32(truncatingIfNeeded: rest)
    repeat {
      index -= 1
      place[index] = UInt8(truncatingIfNeeded: 48 + low % 10)
      low /= 10
    } while low > 0
    if number < 0 {
      index -= 1
      place[index] = UInt8(ascii: "-")
    }
    return ByteValue(start: UnsafePointer(place + index), count: most - index)
  }
}
