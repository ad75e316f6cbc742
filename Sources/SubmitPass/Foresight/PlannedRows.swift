package import BillModel

/// What a plan foresees of each row of a file.
package struct PlannedRows: Hashable, Sendable {
  /// A letter a record; 0 where nothing is foreseen.
  private var letters: [UInt8]

  package init(recordCount: Int) { letters = [UInt8](repeating: 0, count: recordCount) }

  /// What is foreseen of a record, from 1; `nil` where nothing is.
  package subscript(record: Int) -> PlannedRow? {
    get { letters.indices.contains(record - 1) ? PlannedRow(rawValue: letters[record - 1]) : nil }
    set { letters[record - 1] = newValue?.rawValue ?? 0 }
  }

  package var recordCount: Int { letters.count }

  /// Whether something is foreseen of every record.
  package var isComplete: Bool { !letters.contains(0) }

  /// How many rows each is foreseen of.
  package var counts: [PlannedRow: Int] {
    var counts = [Int](repeating: 0, count: 256)
    for letter in letters { counts[Int(letter)] += 1 }
    return PlannedRow.allCases.reduce(into: [:]) { $0[$1] = counts[Int($1.rawValue)] }.filter { $0.value > 0 }
  }

  /// One letter a row, with a number before it for so many in a row: `3n2c` is `nnncc`. In the order of the records.
  package var text: String {
    var text: [UInt8] = []
    var index = 0
    while index < letters.count {
      let letter = letters[index]
      var end = index + 1
      while end < letters.count, letters[end] == letter { end += 1 }
      if end - index > 1 { text += String(end - index).utf8 }
      text.append(letter)
      index = end
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Reads what `text` writes; `nil` where it is no such text, or not of so many records.
  package init?(_ text: String, recordCount: Int) {
    letters = []
    letters.reserveCapacity(recordCount)
    var number: Int?
    for byte in text.utf8 {
      if (0x30...0x39).contains(byte) {
        let (tens, isTooLarge) = (number ?? 0).multipliedReportingOverflow(by: 10)
        guard !isTooLarge, tens <= recordCount else { return nil }
        number = tens + Int(byte - 0x30)
        continue
      }
      let count = number ?? 1
      guard PlannedRow(rawValue: byte) != nil, count > 0, letters.count + count <= recordCount else { return nil }
      letters.append(contentsOf: repeatElement(byte, count: count))
      number = nil
    }
    guard number == nil, letters.count == recordCount else { return nil }
  }
}
