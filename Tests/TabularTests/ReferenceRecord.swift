@testable import Tabular

/// One attempt of `ReferenceParser` at a record, with some of its quotes taken as ordinary bytes.
struct ReferenceRecord {
  let input: [UInt8]
  let dialect: Dialect
  let start: Int
  let limit: Int
  /// The quotes that earlier attempts found open.
  let ordinary: [Int: UnclosedQuoteEvidence]

  private(set) var fields: [[UInt8]] = []
  private(set) var faults: [Fault] = []
  private var value: [UInt8] = []
  private var origins: [Int] = []
  private var kinds: Set<RecordFault.Kind> = []
  private var state = State.begin
  /// How many bytes behind the one of this step it took too.
  private var passed = 0

  /// How the attempt ends.
  enum Outcome {
    case whole(contentEnd: Int)
    case unclosed(at: Int, UnclosedQuoteEvidence)
    case tooLong
  }

  /// A fault by its place in the input.
  struct Fault {
    var kind: RecordFault.Kind
    var field: Int?
    var at: Int
  }

  private enum State {
    case begin, plain, quoted(opening: Int), maybeClosed(opening: Int), rest
  }

  init(
    input: [UInt8], dialect: Dialect, start: Int, limit: Int, ordinary: [Int: UnclosedQuoteEvidence]
  ) {
    (self.input, self.dialect, self.start, self.limit, self.ordinary) = (input, dialect, start, limit, ordinary)
  }

  mutating func read() -> Outcome {
    var index = start
    while true {
      if let outcome = step(index) { return outcome }
      index += 1 + passed
      passed = 0
    }
  }

  private mutating func step(_ index: Int) -> Outcome? {
    switch state {
    case .quoted(let opening): return insideQuotes(index, opening)
    case .maybeClosed(let opening):
      if byte(index) == dialect.quote, dialect.escape == nil { return doubledQuote(index, opening) }
      if let outcome = separator(index) { return outcome }
      if case .begin = state { return nil }
      if holdsLineEnd(opening, index) { return .unclosed(at: opening, .bytesAfterLaterQuote) }
      return ordinaryByte(index, .bytesAfterClosingQuote, then: .rest)
    case .begin:
      if byte(index) == dialect.quote, dialect.quote != nil, ordinary[index] == nil {
        state = .quoted(opening: index)
        return isOver(index) ? .tooLong : nil
      }
      if isSeparator(index) { return separator(index) }
      return ordinaryByte(
        index, ordinary[index].map { .unclosedQuote($0) }, then: ordinary[index] == nil ? .plain : .rest)
    case .plain, .rest:
      if isSeparator(index) { return separator(index) }
      guard case .plain = state else { return ordinaryByte(index, nil, then: .rest) }
      return ordinaryByte(
        index, byte(index) == dialect.quote && dialect.quote != nil ? .quoteInUnquotedField : nil, then: .plain)
    }
  }

  private mutating func insideQuotes(_ index: Int, _ opening: Int) -> Outcome? {
    if byte(index) == nil { return .unclosed(at: opening, .endOfInput) }
    if isOver(index) { return over(opening, index) }
    if isEscape(index) {
      if isOver(lastOfPair(index)) { return over(opening, index) }
      keepEscaped(index)
      return nil
    }
    if byte(index) == dialect.quote { state = .maybeClosed(opening: opening) } else { keep(index) }
    return nil
  }

  private mutating func doubledQuote(_ index: Int, _ opening: Int) -> Outcome? {
    if isOver(index) { return over(opening, index) }
    keep(index)
    state = .quoted(opening: opening)
    return nil
  }

  /// Ends the field if a separator stands here; the state is `begin` then.
  private mutating func separator(_ index: Int) -> Outcome? {
    guard isSeparator(index) else { return nil }
    let isDelimiter = byte(index) == dialect.delimiter
    if isDelimiter, isOver(index) { return .tooLong }
    endField()
    return isDelimiter ? nil : .whole(contentEnd: index)
  }

  private mutating func ordinaryByte(_ index: Int, _ kind: RecordFault.Kind?, then next: State) -> Outcome? {
    if isOver(index) { return .tooLong }
    if let kind { fault(kind, index) }
    if isEscape(index) {
      if isOver(lastOfPair(index)) { return .tooLong }
      if lastOfPair(index) == index { fault(.danglingEscape, index) }
      keepEscaped(index)
    } else {
      keep(index)
    }
    state = next
    return nil
  }

  private func isEscape(_ index: Int) -> Bool { dialect.escape != nil && byte(index) == dialect.escape }

  /// The last byte whose meaning the escape character takes: none at the end, two of a CRLF.
  private func lastOfPair(_ index: Int) -> Int {
    guard byte(index + 1) != nil else { return index }
    return byte(index + 1) == 13 && byte(index + 2) == 10 ? index + 2 : index + 1
  }

  private mutating func keepEscaped(_ index: Int) {
    let last = lastOfPair(index)
    if last == index { keep(index) } else { for place in index + 1...last { keep(place) } }
    passed = last - index
  }

  private mutating func endField() {
    if let bad = value.firstIndex(of: 0) { fault(.nulByte, origins[bad]) }
    if let bad = firstIllFormed() { fault(.invalidUTF8, origins[bad]) }
    fields.append(value)
    (value, origins, kinds, state) = ([], [], [], .begin)
  }

  private mutating func fault(_ kind: RecordFault.Kind, _ index: Int) {
    if kinds.insert(kind).inserted { faults.append(Fault(kind: kind, field: fields.count, at: index)) }
  }

  private mutating func keep(_ index: Int) {
    value.append(input[index])
    origins.append(index)
  }

  private func byte(_ index: Int) -> UInt8? { index < input.count ? input[index] : nil }

  private func isSeparator(_ index: Int) -> Bool {
    guard let byte = byte(index) else { return true }
    return byte == dialect.delimiter || byte == 10 || byte == 13
  }

  private func isOver(_ index: Int) -> Bool { index < input.count && index - start >= limit }

  private func over(_ opening: Int, _ index: Int) -> Outcome {
    holdsLineEnd(opening, index) ? .unclosed(at: opening, .recordTooLong) : .tooLong
  }

  private func holdsLineEnd(_ from: Int, _ to: Int) -> Bool { input[from..<to].contains { $0 == 10 || $0 == 13 } }

  /// By the standard library: the first place where none of the next one to four bytes make a character.
  private func firstIllFormed() -> Int? {
    var index = 0
    while index < value.count {
      let length = (1...4).first { count in
        index + count <= value.count && String(validating: value[index..<index + count], as: UTF8.self) != nil
      }
      guard let length else { return index }
      index += length
    }
    return nil
  }
}
