import BillLedger
import BillModel

/// What differs of parties in one file run, walked beside the file in record order.
struct PartyDifferenceReader {
  private let ledger: LedgerTurns
  private let fileRun: FileRunID
  private var page: ArraySlice<PartyDifference> = []
  private var last: PartyDifference?
  private var isAtEnd = false

  init(_ ledger: LedgerTurns, _ fileRun: FileRunID) {
    self.ledger = ledger
    self.fileRun = fileRun
  }

  /// The next difference that a record showed; `nil` when those are through. Ask in rising order of records.
  mutating func next(of record: Int) throws(LedgerError) -> PartyDifference? {
    try hasNext(of: record) ? page.removeFirst() : nil
  }

  /// Whether there is one: what is asked for each row, and costs no copy of a difference.
  mutating func hasNext(of record: Int) throws(LedgerError) -> Bool {
    while true {
      while let next = page.first?.record {
        if next >= record { return next == record }
        page.removeFirst()
      }
      if isAtEnd { return false }
      page = try ledger.take { (ledger) throws(LedgerError) in
        try ledger.differences(of: fileRun, after: last, limit: 1000)
      }[...]
      last = page.last
      isAtEnd = page.isEmpty
    }
  }
}
