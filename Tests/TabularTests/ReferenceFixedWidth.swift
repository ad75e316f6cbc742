@testable import Tabular

/// The rules of `FixedWidthParser` once more, as plainly as can be: whole input, byte after byte.
struct ReferenceFixedWidth {
  let input: [UInt8]
  let dialect: FixedWidthDialect
  let limit: Int

  func parse() -> ReadResult {
    var result = ReadResult()
    var index = dialect.content == .text && input.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var number = dialect.hasHeading ? 0 : 1
    var line = 1
    for _ in 0..<dialect.skippedLines where index < input.count {
      (index, line) = (nextLine(index), line + 1)
    }
    var wasBlank = false
    while index < input.count {
      let isBlank = dialect.lineEnd != nil && isLineEnd(index) && end(of: index).content == index
      if isBlank, !wasBlank, input[index...].indices.allSatisfy(isLineEnd), input.count - index <= maximum { break }
      wasBlank = isBlank
      let (content, next) = end(of: index)
      let first = dialect.framing == .described ? index + 4 : index
      if content - first > maximum {
        let rest = nextLine(index + maximum)
        result.records.append(
          ReadRecord(
            number: number, line: line, byteOffset: Int64(index), raw: Array(input[index..<index + maximum]), fields: []
          ))
        result.faults.append(fault(.recordTooLong(limit: maximum), number, line, index))
        index = rest
      } else {
        let fields = fields(first..<content)
        result.records.append(
          ReadRecord(
            number: number, line: line, byteOffset: Int64(index), raw: Array(input[index..<next]),
            fields: fields.map { Array(input[$0]) }))
        if dialect.framing == .described, described(index) > next - index {
          result.faults.append(
            fault(.truncatedRecord(length: next - first, expected: described(index) - 4), number, line, index))
        }
        result.faults += faults(
          first..<content, fields, number, line,
          isCut: next == content && next == input.count && dialect.framing != .described)
        index = next
      }
      (number, line) = (number + 1, line + 1)
    }
    return result
  }

  private var maximum: Int {
    switch dialect.framing {
    case .lines: limit
    case .described: max(limit, 0xFFFF)
    case .measured(let length, _), .blocks(let length): max(limit, 4 * length)
    }
  }

  private func fault(_ kind: RecordFault.Kind, _ number: Int, _ line: Int, _ index: Int, field: Int? = nil) -> ReadFault
  {
    ReadFault(kind: kind, number: number, field: field, line: line, byteOffset: Int64(index))
  }

  private func isLineEnd(_ index: Int) -> Bool {
    guard index < input.count else { return false }
    switch dialect.lineEnd {
    case nil: return false
    case .text?: return input[index] == 10 || input[index] == 13
    case .ebcdic?: return input[index] == 0x15 || input[index] == 0x25 || input[index] == 13
    }
  }

  private func after(_ index: Int) -> Int {
    guard input[index] == 13, index + 1 < input.count else { return index + 1 }
    let feeds: [UInt8] = dialect.lineEnd == .text ? [10] : [0x15, 0x25]
    return feeds.contains(input[index + 1]) ? index + 2 : index + 1
  }

  private func nextLine(_ index: Int) -> Int {
    var index = index
    while index < input.count, !isLineEnd(index) { index += 1 }
    return index < input.count ? after(index) : index
  }

  private func described(_ start: Int) -> Int { Int(input[start]) * 256 + Int(input[start + 1]) }

  private func end(of start: Int) -> (content: Int, next: Int) {
    switch dialect.framing {
    case .described:
      let end = min(input.count, start + described(start))
      return (end, end)
    case .blocks(let length):
      let units = units(start..<input.count)
      let end = units.count > length ? units[length] : input.count
      return (end, end)
    case .measured(let length, _):
      let units = units(start..<input.count)
      let end = units.count > length ? units[length] : input.count
      if units.count >= length {
        if end == input.count { return (end, end) }
        if isLineEnd(end) { return (end, after(end)) }
      }
    case .lines: break
    }
    var index = start
    while index < input.count, !isLineEnd(index) { index += 1 }
    return (index, index < input.count ? after(index) : index)
  }

  /// Where each byte or character begins.
  private func units(_ range: Range<Int>) -> [Int] {
    if dialect.unit == .bytes { return Array(range) }
    var starts: [Int] = []
    for index in range {
      if input[index] & 0xC0 != 0x80 || starts.isEmpty || index - starts[starts.count - 1] == 4 { starts.append(index) }
    }
    return starts
  }

  private func fields(_ range: Range<Int>) -> [Range<Int>] {
    let places = units(range) + [range.upperBound]
    let count = places.count - 1
    return dialect.fields.enumerated().compactMap { index, field in
      guard index == 0 || field.start - 1 < count else { return nil }
      return places[min(field.start - 1, count)]..<places[min(field.start - 1 + field.length, count)]
    }
  }

  private func faults(
    _ range: Range<Int>, _ fields: [Range<Int>], _ number: Int, _ line: Int, isCut: Bool
  ) -> [ReadFault] {
    var faults: [ReadFault] = []
    let length = units(range).count
    if let lengths = dialect.lengths, !lengths.contains(length) {
      let extent = dialect.fields.map { $0.start + $0.length - 1 }.max() ?? 1
      let kind: RecordFault.Kind =
        length > lengths.upperBound
        ? lengths == 0...2 * extent - 1
          ? .roomyRecord(length: length, extent: extent) : .longRecord(length: length, expected: lengths.upperBound)
        : isCut
          ? .truncatedRecord(length: length, expected: lengths.lowerBound)
          : .shortRecord(length: length, expected: lengths.lowerBound)
      faults.append(fault(kind, number, line, range.lowerBound))
    }
    guard dialect.content == .text else { return faults }
    if input[range].starts(with: [0xEF, 0xBB, 0xBF]) {
      faults.append(fault(.byteOrderMark, number, line, range.lowerBound, field: 0))
    }
    for (index, field) in fields.enumerated() {
      if let bad = input[field].firstIndex(of: 0) {
        faults.append(fault(.nulByte, number, line, bad, field: index))
      }
      if let bad = firstIllFormed(field) {
        faults.append(fault(.invalidUTF8, number, line, bad, field: index))
      }
    }
    return faults.enumerated().sorted {
      ($0.element.byteOffset, $0.element.kind.rank, $0.offset) < (
        $1.element.byteOffset, $1.element.kind.rank, $1.offset
      )
    }.map(\.element)
  }

  private func firstIllFormed(_ range: Range<Int>) -> Int? {
    var index = range.lowerBound
    while index < range.upperBound {
      let length = (1...4).first { count in
        index + count <= range.upperBound && String(validating: input[index..<index + count], as: UTF8.self) != nil
      }
      guard let length else { return index }
      index += length
    }
    return nil
  }
}
