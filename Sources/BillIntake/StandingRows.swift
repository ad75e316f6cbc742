import Tabular

/// The rows that stand, read again from the beginning, with the fingerprints of their parties.
struct StandingRows {
  private let fetcher: RecordFetcher
  private let fingerprinter: PartyFingerprinter

  init(plan: RowPlan, fingerprints: Fingerprints, fetcher: RecordFetcher) {
    self.fetcher = fetcher
    fingerprinter = PartyFingerprinter(plan: plan, fingerprints: fingerprints)
  }

  /// A row that stands.
  struct Row {
    let record: UInt32
    let line: Int
    let cells: RowCells
    let facts: RowFacts
  }

  /// Calls `body` with each row that stands when its turn comes.
  func forEach(
    _ verdicts: inout Verdicts, _ body: (Row, inout Verdicts) throws(IntakeError) -> Void
  ) throws(IntakeError) {
    var reader = BlockReader(fetcher.input, byteCount: fetcher.byteCount, reading: fetcher.reading)
    var batch = RecordBatch()
    while !reader.isAtEnd {
      if try reader.next(into: &batch) == 0 { return }
      for index in 0..<batch.records.count {
        let record = batch.records[index]
        let number = UInt32(truncatingIfNeeded: record.number)
        guard number > 0, verdicts.stands(number) else { continue }
        let cells = RowCells(batch, record)
        var facts = RowFacts()
        fingerprinter.note(cells, in: &facts)
        try body(Row(record: number, line: record.line, cells: cells, facts: facts), &verdicts)
      }
    }
  }
}
