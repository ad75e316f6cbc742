package import BillLedger
package import BillModel

/// The ledger's rows of one file run, walked beside the file in record order.
package struct LedgerRowReader {
  private let ledger: Ledger
  private let fileRun: FileRunID
  /// What was read last, and how many of it were passed over.
  private var page: [LedgerRow] = []
  private var passed = 0
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
      while passed < page.count {
        let found = page[passed].record
        if found > record { return nil }
        passed += 1
        if found == record { return page[passed - 1].state }
      }
      guard try readOn(after: record - 1) else { return nil }
    }
  }

  /// Reads the rows after those that were read, or after a record that is later; `false` where there are none.
  private mutating func readOn(after record: Int) throws(LedgerError) -> Bool {
    let after = max(lastRead, record)
    guard !isAtEnd, after < last else { return false }
    page = try ledger.rows(of: fileRun, after: after, limit: min(1000, last - after))
    passed = 0
    guard let end = page.last else {
      isAtEnd = true
      return false
    }
    lastRead = end.record
    return true
  }
}
