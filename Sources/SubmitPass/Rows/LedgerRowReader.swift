package import BillLedger
package import BillModel

/// The ledger's rows of one file run, walked beside the file in record order.
package struct LedgerRowReader {
  private let ledger: Ledger
  private let fileRun: FileRunID
  private var page: ArraySlice<LedgerRow> = []
  private var lastRead = 0
  private var isAtEnd = false

  package init(_ ledger: Ledger, _ fileRun: FileRunID) {
    self.ledger = ledger
    self.fileRun = fileRun
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
      page = try ledger.rows(of: fileRun, after: max(lastRead, record - 1), limit: 1000)[...]
      guard let last = page.last else {
        isAtEnd = true
        return nil
      }
      lastRead = last.record
    }
  }
}
