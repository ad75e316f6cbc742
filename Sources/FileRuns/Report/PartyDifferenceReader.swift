package import BillLedger
import BillModel

/// What differs of parties in one file run, walked beside the file in record order.
package struct PartyDifferenceReader {
  private let ledger: Ledger
  private let fileRun: FileRunID
  private var page: ArraySlice<PartyDifference> = []
  private var last: PartyDifference?
  private var isAtEnd = false

  package init(_ ledger: Ledger, _ fileRun: FileRunID) {
    self.ledger = ledger
    self.fileRun = fileRun
  }

  /// The next difference that a record showed; `nil` when those are through. Ask in rising order of records.
  mutating func next(of record: Int) throws(LedgerError) -> PartyDifference? {
    while true {
      if let next = page.first {
        if next.record > record { return nil }
        page.removeFirst()
        if next.record == record { return next }
        continue
      }
      if isAtEnd { return nil }
      page = try ledger.differences(of: fileRun, after: last, limit: 1000)[...]
      last = page.last
      isAtEnd = page.isEmpty
    }
  }
}
