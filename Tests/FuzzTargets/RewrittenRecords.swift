import Tabular

/// The records of a CSV that have no fault, written by the rules and read again: their fields must be the same.
struct RewrittenRecords {
  private let input: RecordsInput
  private var fields: [UInt8] = []
  private var lengths: [Int] = []

  init(_ read: ReadRecords, delimiter: UInt8, quote: UInt8) {
    let faulty = Set(read.faults.map(\.number))
    var text: [UInt8] = []
    var (fields, lengths): ([UInt8], [Int]) = ([], [])
    read.forEach { number, _, _, ranges in
      guard !faulty.contains(number) else { return }
      lengths.append(ranges.count)
      for (index, range) in ranges.enumerated() {
        if index > 0 { text.append(delimiter) }
        text.append(quote)
        for byte in read.bytes[range] {
          text.append(byte)
          if byte == quote { text.append(quote) }
        }
        text.append(quote)
        fields += read.bytes[range]
        lengths.append(range.count)
      }
      text.append(UInt8(ascii: "\n"))
    }
    (self.fields, self.lengths) = (fields, lengths)
    input = RecordsInput(plain: text, delimiter: delimiter, quote: quote)
  }

  func compare() {
    let again = ReadRecords(input, blockSize: input.blockSize)
    precondition(again.error == nil && again.faults.isEmpty, "written by the rules, and faulty")
    var (fields, lengths): ([UInt8], [Int]) = ([], [])
    again.forEach { _, _, _, ranges in
      lengths.append(ranges.count)
      for range in ranges {
        fields += again.bytes[range]
        lengths.append(range.count)
      }
    }
    precondition(fields == self.fields && lengths == self.lengths, "other values when they are written and read again")
  }
}

extension ReadRecords {
  /// Records count from the heading's 0 or from 1, each further one by one more; lines ascend; and no value is longer than
  /// what it was read from.
  ///
  /// - Precondition: That it is so.
  func checkOrder(_ dialect: Dialect) {
    var next = dialect.hasHeading ? 0 : 1
    var lastLine = 0
    forEach { number, line, raw, fields in
      precondition(number == next, "record \(number) where \(next) is due")
      precondition(line > lastLine, "line \(line) behind line \(lastLine)")
      precondition(fields.reduce(0) { $0 + $1.count } <= raw.count, "more in the fields than in record \(number)")
      next = number + 1
      lastLine = line
    }
  }
}
