@testable import Tabular

/// The rules of `CSVParser` once more, as plainly as can be: whole input, byte after byte, a record begun again whenever
/// one of its quotes turns out not to be closed.
struct ReferenceParser {
  let input: [UInt8]
  let dialect: Dialect
  let limit: Int

  private enum Attempt {
    case read([[UInt8]], [Fault], contentEnd: Int)
    case unclosed(at: Int, UnclosedQuoteEvidence)
    case tooLong
  }

  private struct Fault {
    var kind: RecordFault.Kind
    var field: Int?
    var at: Int
  }

  private enum State {
    case begin, plain, quoted(opening: Int), maybeClosed(opening: Int), rest
  }

  func parse() -> ReadResult {
    var result = ReadResult()
    var index = input.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var number = dialect.hasHeading ? 0 : 1
    var wasBlank = false
    while index < input.count {
      let isBlank = isLineEnd(index)
      let restIsBlank = input[index...].allSatisfy { $0 == 10 || $0 == 13 }
      if isBlank, !wasBlank, restIsBlank, input.count - index <= limit { break }
      wasBlank = isBlank
      let (next, fields, faults, rawEnd) = record(at: index)
      result.records.append(
        ReadRecord(
          number: number, line: line(of: index), byteOffset: Int64(index), raw: Array(input[index..<rawEnd]),
          fields: fields))
      for fault in faults.sorted(by: { ($0.at, $0.kind.rank) < ($1.at, $1.kind.rank) }) {
        result.faults.append(
          ReadFault(
            kind: fault.kind, number: number, field: fault.field, line: line(of: fault.at), byteOffset: Int64(fault.at))
        )
      }
      number += 1
      index = next
    }
    return result
  }

  private func isLineEnd(_ index: Int) -> Bool { index < input.count && (input[index] == 10 || input[index] == 13) }

  private func after(lineEnd index: Int) -> Int {
    input[index] == 13 && index + 1 < input.count && input[index + 1] == 10 ? index + 2 : index + 1
  }

  private func line(of index: Int) -> Int {
    var line = 1
    for place in 0..<index where input[place] == 13 || (input[place] == 10 && (place == 0 || input[place - 1] != 13)) {
      line += 1
    }
    return line
  }

  private func record(at start: Int) -> (next: Int, [[UInt8]], [Fault], rawEnd: Int) {
    var ordinary: [Int: UnclosedQuoteEvidence] = [:]
    while true {
      switch attempt(at: start, ordinary) {
      case .unclosed(let index, let evidence): ordinary[index] = evidence
      case .read(let fields, let faults, let end):
        let next = end < input.count ? after(lineEnd: end) : end
        return (next, fields, faults, next)
      case .tooLong:
        let end = start + limit
        var next = end
        while next < input.count, !isLineEnd(next) { next += 1 }
        if next < input.count { next = after(lineEnd: next) }
        return (next, [], [Fault(kind: .recordTooLong(limit: limit), field: nil, at: start)], end)
      }
    }
  }

  private func attempt(at start: Int, _ ordinary: [Int: UnclosedQuoteEvidence]) -> Attempt {
    var fields: [[UInt8]] = []
    var faults: [Fault] = []
    var value: [UInt8] = []
    var origins: [Int] = []
    var kinds: Set<RecordFault.Kind> = []
    var state = State.begin
    var index = start
    func fault(_ kind: RecordFault.Kind, _ at: Int) {
      if kinds.insert(kind).inserted { faults.append(Fault(kind: kind, field: fields.count, at: at)) }
    }
    func keep(_ index: Int) {
      value.append(input[index])
      origins.append(index)
    }
    func endField() {
      if let bad = value.firstIndex(of: 0) { fault(.nulByte, origins[bad]) }
      if let bad = firstIllFormed(value) { fault(.invalidUTF8, origins[bad]) }
      fields.append(value)
      (value, origins, kinds, state) = ([], [], [], .begin)
    }
    while true {
      let byte = index < input.count ? input[index] : nil
      let isOver = byte != nil && index - start >= limit
      switch state {
      case .begin, .plain, .rest:
        if byte == nil || isLineEnd(index) {
          endField()
          return .read(fields, faults, contentEnd: index)
        }
        if byte == dialect.delimiter {
          if isOver { return .tooLong }
          endField()
        } else if case .begin = state, byte == dialect.quote, ordinary[index] == nil {
          if isOver { return .tooLong }
          state = .quoted(opening: index)
        } else {
          if isOver { return .tooLong }
          if case .begin = state {
            if let evidence = ordinary[index] {
              fault(.unclosedQuote(evidence), index)
              state = .rest
            } else {
              state = .plain
            }
          } else if case .plain = state, byte == dialect.quote {
            fault(.quoteInUnquotedField, index)
          }
          keep(index)
        }
      case .quoted(let opening):
        if byte == nil { return .unclosed(at: opening, .endOfInput) }
        if isOver { return over(opening, index) }
        if byte == dialect.quote { state = .maybeClosed(opening: opening) } else { keep(index) }
      case .maybeClosed(let opening):
        if byte == dialect.quote {
          if isOver { return over(opening, index) }
          keep(index)
          state = .quoted(opening: opening)
        } else if byte == nil || isLineEnd(index) {
          endField()
          return .read(fields, faults, contentEnd: index)
        } else if byte == dialect.delimiter {
          if isOver { return .tooLong }
          endField()
        } else if holdsLineEnd(opening, index) {
          return .unclosed(at: opening, .bytesAfterLaterQuote)
        } else {
          if isOver { return .tooLong }
          fault(.bytesAfterClosingQuote, index)
          keep(index)
          state = .rest
        }
      }
      index += 1
    }
  }

  private func over(_ opening: Int, _ index: Int) -> Attempt {
    holdsLineEnd(opening, index) ? .unclosed(at: opening, .recordTooLong) : .tooLong
  }

  private func holdsLineEnd(_ start: Int, _ end: Int) -> Bool { (start..<end).contains(where: isLineEnd) }

  /// The standard library's judgement, byte by byte: the first place where the prefix can't be mended by what follows.
  private func firstIllFormed(_ bytes: [UInt8]) -> Int? {
    var index = 0
    while index < bytes.count {
      let length = (1...4).first { count in
        index + count <= bytes.count && String(validating: bytes[index..<index + count], as: UTF8.self) != nil
      }
      guard let length else { return index }
      index += length
    }
    return nil
  }
}
