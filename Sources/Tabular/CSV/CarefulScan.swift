/// One record's bytes, looked at one by one: where a field stops, whatever is wrong with it.
///
/// All decisions rest on the bytes up to the one at `edge` (and the LF of a CRLF there), so they don't depend on how
/// many bytes happen to be at hand.
struct CarefulScan {
  let base: UnsafePointer<UInt8>
  /// How many bytes there are.
  let count: Int
  /// Whether the input ends with them.
  let isLast: Bool
  /// Where the record must have ended: its beginning plus the limit. Only a line end may stand here.
  let edge: Int
  let delimiter: UInt8
  let quote: UInt8?
  let escape: UInt8?
  /// The physical line reached.
  var line: Int
  /// Whether an escape character was met in the field.
  private(set) var hasEscape = false
  /// An escape character with nothing behind it, which only the input's last byte can be.
  private(set) var danglingEscape: Int?

  init(_ batch: borrowing RecordBatch, from start: Int, _ parser: CSVParser, isLast: Bool) {
    base = batch.base
    count = batch.rawCount
    self.isLast = isLast
    edge = start + parser.maximumRecordBytes
    delimiter = parser.dialect.delimiter
    quote = parser.dialect.quote
    escape = parser.dialect.escape
    line = parser.position.line
  }

  /// Why a field, or the rest of one, stops.
  enum Stop {
    case delimiter(at: Int)
    case lineEnd(at: Int, next: Int)
    case inputEnd(at: Int)
    /// The record is longer than the limit.
    case edge
    /// That depends on bytes which are not there yet.
    case needsMore
  }

  /// How a quoted field goes.
  enum Quoted {
    case closed(at: Int, isRebuilt: Bool)
    case unclosed(UnclosedQuoteEvidence)
    case edge
    case needsMore
  }

  /// A byte, and the physical line that it stands on.
  struct Place {
    var index: Int
    var line: Int
  }

  /// Begins a field, or begins it again.
  mutating func forgetEscapes() {
    hasEscape = false
    danglingEscape = nil
  }

  /// Whether a field that begins here is quoted.
  func isQuote(at index: Int) -> Bool { index < count && base[index] == quote }

  /// What stands here, if it ends a field; `nil` for any other byte.
  func separator(at index: Int) -> Stop? {
    if index == count { return isLast ? .inputEnd(at: index) : .needsMore }
    switch base[index] {
    case delimiter: return index >= edge ? .edge : .delimiter(at: index)
    case UInt8(ascii: "\n"): return .lineEnd(at: index, next: index + 1)
    case UInt8(ascii: "\r"):
      if index + 1 == count { return isLast ? .lineEnd(at: index, next: index + 1) : .needsMore }
      return .lineEnd(at: index, next: base[index + 1] == UInt8(ascii: "\n") ? index + 2 : index + 1)
    default: return nil
    }
  }

  /// Where text without quoting stops; `firstQuote` is set to the first quote in it. Counts the lines that are escaped.
  mutating func unquoted(from start: Int, firstQuote: inout Place?) -> Stop {
    var index = start
    while true {
      if let stop = separator(at: index) { return stop }
      if index >= edge { return .edge }
      if base[index] == escape {
        guard let next = pass(escapeAt: index) else { return .needsMore }
        if next > edge { return .edge }
        index = next
        continue
      }
      if firstQuote == nil, base[index] == quote { firstQuote = Place(index: index, line: line) }
      index += 1
    }
  }

  /// Where the field that opens with the quote at `opening` closes. Counts lines.
  mutating func quoted(from opening: Int) -> Quoted {
    let openingLine = line
    var index = opening + 1
    var isRebuilt = false
    while true {
      if index == count { return isLast ? .unclosed(.endOfInput) : .needsMore }
      if index >= edge { return line > openingLine ? .unclosed(.recordTooLong) : .edge }
      if base[index] == escape {
        let before = line
        guard let next = pass(escapeAt: index) else { return .needsMore }
        if next > edge { return before > openingLine ? .unclosed(.recordTooLong) : .edge }
        isRebuilt = true
        index = next
        continue
      }
      if base[index] == quote {
        if escape != nil { return .closed(at: index, isRebuilt: isRebuilt) }
        if index + 1 == count { return isLast ? .closed(at: index, isRebuilt: isRebuilt) : .needsMore }
        guard base[index + 1] == quote else { return .closed(at: index, isRebuilt: isRebuilt) }
        if index + 1 >= edge { return line > openingLine ? .unclosed(.recordTooLong) : .edge }
        isRebuilt = true
        index += 1
      } else if isLineEnd(at: index) {
        line += 1
      }
      index += 1
    }
  }

  /// What follows an escape character and the byte (or the CRLF) whose meaning it takes; `nil` where that isn't there
  /// yet. Counts a line end.
  private mutating func pass(escapeAt index: Int) -> Int? {
    hasEscape = true
    guard index + 1 < count else {
      if isLast { danglingEscape = index }
      return isLast ? index + 1 : nil
    }
    switch base[index + 1] {
    case UInt8(ascii: "\n"): line += 1
    case UInt8(ascii: "\r"):
      if index + 2 == count, !isLast { return nil }
      line += 1
      if index + 2 < count, base[index + 2] == UInt8(ascii: "\n") { return index + 3 }
    default: break
    }
    return index + 2
  }

  /// Whether a line ends with this byte; a CRLF counts at its CR.
  private func isLineEnd(at index: Int) -> Bool {
    switch base[index] {
    case UInt8(ascii: "\r"): true
    case UInt8(ascii: "\n"): base[index - 1] != UInt8(ascii: "\r")
    default: false
    }
  }
}
