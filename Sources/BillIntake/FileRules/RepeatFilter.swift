/// Which of many keys may come more than once: a bit or two a key instead of a table, so that most keys cost one look
/// into the processor's cache. Keys that do come more than once are always among them.
struct RepeatFilter: ~Copyable {
  private static let bitsAKey = 16

  /// By bit of a key: whether such a one came, and whether it came again.
  private let words: UnsafeMutablePointer<(seen: UInt64, repeated: UInt64)>
  private let mask: UInt64

  /// - Parameter keys: For how many keys it has room; more make it say yes too often.
  init(keys: Int) {
    var count = 16
    while count * 64 < keys * Self.bitsAKey { count *= 2 }
    words = .allocate(capacity: count)
    words.initialize(repeating: (0, 0), count: count)
    mask = UInt64(count * 64 - 1)
  }

  deinit { words.deallocate() }

  @inline(__always)
  func note(_ key: UInt64) {
    let place = key & mask
    let word = words + Int(place >> 6)
    let bit: UInt64 = 1 << (place & 63)
    let seen = word.pointee.seen
    word.pointee = (seen | bit, word.pointee.repeated | seen & bit)
  }

  @inline(__always)
  func mayRepeat(_ key: UInt64) -> Bool {
    let place = key & mask
    return words[Int(place >> 6)].repeated >> (place & 63) & 1 == 1
  }
}
