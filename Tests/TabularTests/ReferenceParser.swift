@testable import Tabular

/// The rules of `CSVParser` once more, as plainly as can be: whole input, byte after byte, a record begun again whenever
/// one of its quotes turns out not to be closed.
struct ReferenceParser {
  let input: [UInt8]
  let dialect: Dialect
  let limit: Int

  func parse() -> ReadResult {
    var result = ReadResult()
    var index = input.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var number = dialect.hasHeading ? 0 : 1
    var wasBlank = false
    for _ in 0..<dialect.skippedLines where index < input.count { index = nextLine(index) }
    while index < input.count {
      if let comment = dialect.comment, input[index...].starts(with: comment) {
        index = nextLine(index)
        wasBlank = false
        continue
      }
      let isBlank = isLineEnd(index)
      let restIsBlank = input[index...].allSatisfy { $0 == 10 || $0 == 13 }
      if isBlank, !wasBlank, restIsBlank, input.count - index <= limit { break }
      wasBlank = isBlank
      let (next, fields, faults, rawEnd) = record(at: index)
      result.records.append(
        ReadRecord(
          number: number, line: line(of: index), byteOffset: Int64(index), raw: Array(input[index..<rawEnd]),
          fields: fields))
      let mark = ReferenceRecord.Fault(kind: .byteOrderMark, field: 0, at: index)
      let hasMark = input[index...].starts(with: [0xEF, 0xBB, 0xBF]) && !fields.isEmpty
      for fault in (faults + (hasMark ? [mark] : [])).sorted(by: { ($0.at, $0.kind.rank) < ($1.at, $1.kind.rank) }) {
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

  private func nextLine(_ index: Int) -> Int {
    var index = index
    while index < input.count, !isLineEnd(index) { index += 1 }
    return index < input.count ? after(lineEnd: index) : index
  }

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

  private func record(at start: Int) -> (next: Int, [[UInt8]], [ReferenceRecord.Fault], rawEnd: Int) {
    var ordinary: [Int: UnclosedQuoteEvidence] = [:]
    while true {
      var attempt = ReferenceRecord(input: input, dialect: dialect, start: start, limit: limit, ordinary: ordinary)
      switch attempt.read() {
      case .unclosed(let index, let evidence): ordinary[index] = evidence
      case .whole(let end):
        let next = end < input.count ? after(lineEnd: end) : end
        return (next, attempt.fields, attempt.faults, next)
      case .tooLong:
        let end = start + limit
        return (
          nextLine(end), [], [ReferenceRecord.Fault(kind: .recordTooLong(limit: limit), field: nil, at: start)], end
        )
      }
    }
  }
}
