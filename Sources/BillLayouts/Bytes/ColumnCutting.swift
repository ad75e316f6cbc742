import CScan
import Tabular

/// Cuts up to 64 records at once, column by column, where each column is text that at most has padding of one byte: as
/// nearly all are. It says the same as `ByteCutting`, in fewer steps.
///
/// A class, so that its owners can be plain structs. It has one owner.
final class ColumnCutting: @unchecked Sendable {
  /// Most records that are cut together.
  static let mostRecords = 64

  private struct Column: BitwiseCopyable {
    /// Its place among the record's fields.
    let source: Int
    let filling: cscan_filling
  }

  private let columns: FixedBytes<Column>
  /// The columns whose end may be missing in a record that has all fields.
  private let open: FixedBytes<ByteCutting>
  /// How many fields a record has at least.
  private let leastFields: Int
  /// The columns of those that identify something, each once.
  private let identifiers: FixedBytes<Int>
  /// Where the columns of the records that were cut last stand, and how many spans after those of the one before.
  private var place: UnsafeMutablePointer<FieldSpan>?
  private var stride = 0
  /// By record: whether a spreadsheet surely did nothing to what identifies something.
  private(set) var unspoilt: UInt64 = 0

  /// `nil` where a column needs more.
  init?(_ cuttings: FixedBytes<ByteCutting>, identifiers: FixedBytes<Int32>) {
    let columns = cuttings.view.compactMap { cutting in
      cutting.filling.map { Column(source: cutting.place, filling: $0) }
    }
    guard !columns.isEmpty, columns.count == cuttings.count else { return nil }
    self.columns = FixedBytes(columns)
    self.identifiers = FixedBytes(Set(identifiers.view.map { Int($0) }).sorted())
    let leastFields = columns.reduce(0) { max($0, $1.source + 1) }
    self.leastFields = leastFields
    open = FixedBytes(cuttings.view.filter { !$0.isWhole(in: leastFields) })
  }

  /// How many columns a record is cut into.
  var count: Int { columns.count }

  /// Cuts the records from `index` on, as far as they are alike: their fields side by side, and none missing or cut short.
  ///
  /// - Parameters:
  ///   - place: Where the first one's columns go; those of the others stand `stride` spans behind the ones before.
  ///   - digest: What is digested meanwhile.
  /// - Returns: how many were cut.
  func cut(
    _ batch: borrowing RecordBatch, from index: Int, into place: UnsafeMutablePointer<FieldSpan>, stride: Int,
    _ digest: UnsafeMutablePointer<cscan_digest>?
  ) -> Int {
    let count = alike(batch, from: index)
    guard count > 0, let fields = batch.fields.baseAddress else { return 0 }
    let first = batch.records[index]
    let spans = UnsafeRawPointer(fields + Int(first.firstField)).assumingMemoryBound(to: cscan_span.self)
    let trimmed = UnsafeMutableRawPointer(place).assumingMemoryBound(to: cscan_span.self)
    (self.place, self.stride) = (place, stride)
    for index in 0..<columns.count {
      let column = columns[index]
      let cells = cscan_column(
        base: batch.base, spans: spans + column.source, stride: Int(first.fieldCount), rows: count, digest: digest)
      cscan_trim(cells, column.filling, trimmed + index, stride)
    }
    unspoilt = .max
    for column in identifiers.view where column < columns.count {
      unspoilt &= cscan_unspoilt(
        cscan_column(
          base: batch.base, spans: UnsafePointer(trimmed + column), stride: stride, rows: count, digest: digest))
    }
    return count
  }

  /// The columns of a record that was cut, by its place among these.
  func cells(of row: Int) -> UnsafeBufferPointer<FieldSpan> {
    UnsafeBufferPointer(start: place.map { $0 + row * stride }, count: columns.count)
  }

  private func alike(_ batch: borrowing RecordBatch, from index: Int) -> Int {
    let records = batch.records
    let end = min(records.count, index + Self.mostRecords)
    let fields = records[index].fieldCount
    guard Int(fields) >= leastFields, let spans = batch.fields.baseAddress else { return 0 }
    let (open, base, isASCII) = (open.view, batch.base, !batch.hasUnusualBytes)
    var field = records[index].firstField
    var place = index
    while place < end, records[place].number > 0, records[place].fieldCount == fields,
      records[place].firstField == field, Self.areWhole(open, spans + Int(field), base, isASCII)
    {
      field &+= fields
      place += 1
    }
    return place - index
  }

  @inline(__always)
  private static func areWhole(
    _ columns: UnsafeBufferPointer<ByteCutting>, _ spans: UnsafePointer<FieldSpan>, _ base: UnsafePointer<UInt8>,
    _ isASCII: Bool
  ) -> Bool {
    for column in columns where !column.isWhole(spans[column.place], base, isASCII: isASCII) { return false }
    return true
  }
}
