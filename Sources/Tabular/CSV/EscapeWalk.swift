/// The bytes of a value one by one, out of a field in which an escape character takes the meaning from what follows it.
struct EscapeWalk {
  let base: UnsafePointer<UInt8>
  /// Where the input's bytes end: an escape character right before it is an ordinary byte.
  let end: Int
  let quote: UInt8?
  let escape: UInt8?
  /// Where the next byte is looked for.
  private(set) var index: Int
  private var isQuoted: Bool
  /// The next byte is the LF of an escaped CRLF.
  private var isInPair = false

  init(
    base: UnsafePointer<UInt8>, end: Int, _ field: RecordBatch.RebuiltField, _ quote: UInt8?, _ escape: UInt8?
  ) {
    (self.base, self.end, self.quote, self.escape) = (base, end, quote, escape)
    isQuoted = field.isQuoted
    index = field.start + (field.isQuoted ? 1 : 0)
  }

  /// Moves past the closing quote if it stands here.
  mutating func passClosingQuote() {
    guard isQuoted, !isInPair, base[index] == quote else { return }
    isQuoted = false
    index += 1
  }

  /// Where the next byte of the value stands.
  mutating func next() -> Int {
    passClosingQuote()
    if !isInPair, base[index] == escape, index + 1 < end {
      index += 1
      isInPair = base[index] == UInt8(ascii: "\r") && index + 1 < end && base[index + 1] == UInt8(ascii: "\n")
    } else {
      isInPair = false
    }
    index += 1
    return index - 1
  }
}
