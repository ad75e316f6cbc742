import Tabular

/// Rows of pass two that stand one after the other, with their texts.
package struct RowPortion: Sendable {
  /// In the file's order; none at its end.
  package private(set) var rows: [IntakeRow] = []

  private let check: FileCheck
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var places: [Place] = []
  /// The values of the rows' fields, where they are asked for.
  private(set) var values: [[UInt8]] = []

  /// Where a row's text begins, and the record above it that it takes values from.
  struct Place {
    var start: Int64
    var parent: TextExtent?
  }

  /// - Parameter count: How many rows it will have, about.
  init(of check: FileCheck, rows count: Int) {
    self.check = check
    rows.reserveCapacity(min(count, 1024))
  }

  /// Bytes of the texts so far.
  var byteCount: Int { bytes.count }

  mutating func append(_ row: IntakeRow, _ text: UnsafeBufferPointer<UInt8>, _ place: Place) {
    rows.append(row)
    bytes.append(contentsOf: text)
    ends.append(bytes.count)
    places.append(place)
  }

  mutating func append(values row: [UInt8]) { values.append(row) }

  mutating func replaceLastText(with text: [UInt8]) {
    bytes.removeLast(bytes.count - (ends.dropLast().last ?? 0))
    bytes += text
    ends[ends.count - 1] = bytes.count
  }

  /// Takes the rows out; their texts stay.
  package mutating func takeRows() -> [IntakeRow] {
    defer { rows = [] }
    return rows
  }

  /// The text of a row, by its place among them.
  package func raw(at index: Int) -> RawRow {
    let start = index == 0 ? 0 : ends[index - 1]
    return bytes[start..<ends[index]].withUnsafeBufferPointer { bytes in
      RawRow(
        bytes, keeping: check.plan?.keptColumns ?? 0, of: check.plan?.fileColumns ?? 0,
        in: check.reading.file, start: places[index].start, parent: places[index].parent)
    }
  }
}
