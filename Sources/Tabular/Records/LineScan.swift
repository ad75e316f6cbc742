import CScan

/// Line ends one after the other, 64 bytes to a mask. What is passed isn't looked at again.
struct LineScan {
  private let base: UnsafePointer<UInt8>
  private let count: Int
  private let isText: Bool
  private static let carriageReturn: UInt8 = 0x0D
  private var word = 0
  private var ends: UInt64 = 0
  /// Whether a byte was NUL, another control or beyond ASCII.
  private(set) var hasUnusual = false

  init(_ batch: borrowing RecordBatch, from start: Int, _ lineEnd: FixedWidthDialect.LineEnd) {
    base = batch.base
    count = batch.rawCount
    isText = lineEnd == .text
    look(at: start)
  }

  /// Where the next line end stands, at or after `start` and never before an earlier one; `nil` if there is none.
  @inline(__always)
  mutating func next(from start: Int) -> Int? {
    if start &- word >= 64 { look(at: start) } else if start > word { ends &= ~0 << UInt64(start &- word) }
    while ends == 0 {
      guard word &+ 64 < count else { return nil }
      look(at: word &+ 64)
    }
    let index = word &+ ends.trailingZeroBitCount
    return index < count ? index : nil
  }

  @inline(__always)
  private mutating func look(at place: Int) {
    word = place
    guard place < count else {
      ends = 0
      return
    }
    let masks = cscan_delimited(base + place, Self.carriageReturn, Self.carriageReturn)
    ends = masks.delimiters | (isText ? masks.line_feeds : ebcdicEnds(at: place))
    hasUnusual = hasUnusual || masks.special != 0 || masks.beyond_ascii != 0
  }

  private func ebcdicEnds(at place: Int) -> UInt64 {
    cscan_delimited(base + place, 0x15, 0x15).delimiters | cscan_delimited(base + place, 0x25, 0x25).delimiters
  }

  /// Where the next line begins after the line end at `index`; `nil` where that depends on a byte that isn't there yet.
  @inline(__always)
  func after(_ index: Int, isLast: Bool) -> Int? {
    guard base[index] == Self.carriageReturn else { return index &+ 1 }
    if index &+ 1 == count { return isLast ? index &+ 1 : nil }
    return isFeed(base[index &+ 1]) ? index &+ 2 : index &+ 1
  }

  /// Whether a line end stands at `index`.
  func isLineEnd(at index: Int) -> Bool { base[index] == Self.carriageReturn || isFeed(base[index]) }

  @inline(__always)
  private func isFeed(_ byte: UInt8) -> Bool {
    isText ? byte == UInt8(ascii: "\n") : byte == 0x15 || byte == 0x25
  }
}
