import BillLayouts
import Tabular

/// What is known to be wrong with the records of a batch before their rules are asked, gone through with them.
struct KnownFaults {
  /// By their layout, in their order.
  let mapping: [MappingFault]
  /// The next of these.
  var nextMapping = 0
  private var nextText = 0

  init(mapping: [MappingFault]) { self.mapping = mapping }

  /// The first fault as text of a record; `nil` where it has none. Records are asked about in their order.
  mutating func text(of index: Int, _ batch: borrowing RecordBatch) -> Int? {
    while nextText < batch.faults.count, batch.faults[nextText].record < index { nextText += 1 }
    return nextText < batch.faults.count && batch.faults[nextText].record == index ? nextText : nil
  }

  /// Which of up to 64 records have a fault, by bits.
  mutating func rows(in records: Range<Int>, _ batch: borrowing RecordBatch) -> UInt64 {
    while nextText < batch.faults.count, batch.faults[nextText].record < records.lowerBound { nextText += 1 }
    var rows: UInt64 = 0
    func note(_ record: Int) {
      if records.contains(record) { rows |= 1 << UInt64(record - records.lowerBound) }
    }
    for fault in batch.faults[nextText...] {
      if fault.record >= records.upperBound { break }
      note(fault.record)
    }
    for fault in mapping[nextMapping...] {
      if fault.record >= records.upperBound { break }
      note(fault.record)
    }
    return rows
  }
}
