import BillIntake
import BillLedger
import BillModel
import BillReports
import SubmitPass

/// What is known of a file's rows, walked beside the file in record order: by the ledger alone, or by what a plan
/// foresees of them, where the ledger has the rest.
///
/// Of a long file the ledger's rows are read ahead, by a thread of its own.
struct RowStates {
  private let pages: PortionsAhead<[RowFate], LedgerError>
  private let foresight: Foresight?
  /// What was read last, and how many of it were passed over.
  private var page: [RowFate] = []
  private var passed = 0
  private var isAtEnd = false

  /// Rows of a page, and how many pages lie ready at most.
  private static let pageRows = 1000
  private static let most = 4

  init(_ ledger: LedgerTurns, _ fileRun: FileRunID, foresight: Foresight?, isLong: Bool) {
    self.foresight = foresight
    pages = PortionsAhead(isLong: isLong, most: Self.most) {
      var last = 0
      return { () throws(LedgerError) in
        let page = try ledger.take { (ledger) throws(LedgerError) in
          try ledger.fates(of: fileRun, after: last, limit: Self.pageRows)
        }
        guard let end = page.last else { return nil }
        last = end.record
        return page
      }
    }
  }

  /// Tells of a row what is known of it; ask in rising order of records.
  mutating func tell(_ row: inout ReportRow) throws(LedgerError) {
    guard let foresight else {
      if try has(row.record) { row.apply(page[passed - 1]) }
      return
    }
    if let outcome = foresight.rows[row.record]?.outcome, outcome != .rejected {
      let reason = foresight.reason(of: row.record)
      var fate = RowFate(
        record: row.record, stage: .settled(outcome), attempts: foresight.requests(of: row.record))
      (fate.code, fate.field, fate.message) = (reason.code, reason.field, reason.message)
      row.apply(fate)
    } else if try has(row.record) {
      row.apply(page[passed - 1])
    }
    row.foreseenBy = basis(of: row.record, foresight)?.rawValue
    row.attempts = foresight.requests(of: row.record)
  }

  /// Reads no more: the ledger is its owner's alone again.
  func end() { pages.end() }

  /// Whether the ledger holds a record; the page's row before the next is the one then.
  private mutating func has(_ record: Int) throws(LedgerError) -> Bool {
    while !isAtEnd {
      while passed < page.count {
        let found = page[passed].record
        if found > record { return false }
        passed += 1
        if found == record { return true }
      }
      guard let next = try pages.next() else {
        isAtEnd = true
        break
      }
      (page, passed) = (next, 0)
    }
    return false
  }

  /// What says what becomes of a record.
  private func basis(of record: Int, _ foresight: Foresight) -> Foresight.Basis? {
    switch foresight.rows[record] {
    case .rejected: .rules
    case nil: nil
    default: foresight.basis(of: record)
    }
  }
}
