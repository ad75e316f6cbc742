package import BillLedger
package import BillModel

/// The ledger's rows of one file run, walked beside the file in record order.
package struct LedgerRowReader {
  private let ledger: Ledger
  private let fileRun: FileRunID
  private var page: ArraySlice<LedgerRow> = []
  private var lastRead = 0
  private var isAtEnd = false
  /// The last record that is asked for.
  private let last: Int

  /// - Parameter range: The rows that are asked for, where they aren't all.
  package init(_ ledger: Ledger, _ fileRun: FileRunID, of range: RowRange? = nil) {
    self.ledger = ledger
    self.fileRun = fileRun
    last = range?.records.upperBound ?? .max
  }

  /// What the ledger holds of a record; ask in rising order of records.
  package mutating func state(of record: Int) throws(LedgerError) -> RowState? {
    while true {
      if let next = page.first {
        if next.record > record { return nil }
        page.removeFirst()
        if next.record == record { return next.state }
        continue
      }
      if isAtEnd { return nil }
      let after = max(lastRead, record - 1)
      guard after < last else { return nil }
      page = try ledger.rows(of: fileRun, after: after, limit: min(1000, last - after))[...]
      guard let last = page.last else {
        isAtEnd = true
        return nil
      }
      lastRead = last.record
    }
  }
}
