import CScan

/// The fast way through records that have no fault: from one structural byte to the next, 64 bytes to a mask.
///
/// It stops at the first record that is anything else, or isn't all there; that one is left to `CarefulScan`. The zeros
/// behind the input are structural too, so that no step asks whether the input has ended.
struct PlainScan {
  private let base: UnsafePointer<UInt8>
  /// One past the last byte.
  private let end: Int
  private let delimiter: UInt8
  /// The delimiter where the dialect has no quote.
  private let quote: UInt8
  /// Where the 64 bytes begin that `mask` speaks of, and the structural bytes among them that are still to come.
  private var word: Int
  private var mask: UInt64
  /// Not zero if a byte was NUL or not ASCII.
  private(set) var unusual: UInt64 = 0

  /// A quoted field that is closed.
  struct Quoted {
    var closing: Int
    var lineEnds = 0
    var hasDoubled = false
  }

  @inline(__always)
  init(_ batch: borrowing RecordBatch, from start: Int, _ dialect: Dialect) {
    base = batch.base
    end = batch.rawCount
    delimiter = dialect.delimiter
    quote = dialect.quote ?? dialect.delimiter
    word = start
    let masks = cscan_delimited(base + start, delimiter, quote)
    mask = masks.structural
    unusual = masks.beyond_ascii
  }

  /// The next structural byte; one at or past `end` is a zero.
  @inline(__always)
  mutating func next() -> Int {
    while mask == 0 {
      word += 64
      let masks = cscan_delimited(base + word, delimiter, quote)
      mask = masks.structural
      unusual |= masks.beyond_ascii
    }
    let index = word + mask.trailingZeroBitCount
    mask &= mask - 1
    return index
  }

  /// Notes a control byte; `false` if it is the end.
  @inline(__always)
  mutating func pass(controlAt index: Int) -> Bool {
    if base[index] == 0 { unusual = 1 }
    return index < end
  }

  /// Where the line after the line end at `index` begins; `nil` where that isn't known yet.
  @inline(__always)
  mutating func lineAfter(_ index: Int) -> Int? {
    guard base[index] == UInt8(ascii: "\r") else { return index + 1 }
    guard index + 1 < end else { return nil }
    guard base[index + 1] == UInt8(ascii: "\n") else { return index + 1 }
    _ = next()
    return index + 2
  }

  /// Finds the end of the quoted field whose opening quote was just passed; `nil` if it isn't closed.
  @inline(__always)
  mutating func closeQuoted() -> Quoted? {
    var field = Quoted(closing: 0)
    while true {
      let index = next()
      let byte = base[index]
      if byte == quote {
        field.closing = index
        if base[index + 1] != quote { return field }
        _ = next()
        field.hasDoubled = true
      } else if byte == UInt8(ascii: "\r") || (byte == UInt8(ascii: "\n") && base[index - 1] != UInt8(ascii: "\r")) {
        field.lineEnds += 1
      } else if byte != delimiter, !pass(controlAt: index) {
        return nil
      }
    }
  }
}
