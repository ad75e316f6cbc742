package import BillIntake
import BillLayouts
import BillLedger
import BillModel

/// A file of rows that an earlier file's report listed as to be mended is known by them, whatever it is called: each of
/// its rows has the reference of one of those, or stands for one that had none.
extension FileSubmission {
  /// How many rows are looked at for one that an earlier file has to mend.
  private static let reach = 100

  /// Whether a file holds mended rows, by its name or by its rows.
  package func isMended(_ input: IntakeInput) throws(RunFault) -> Bool { try check(input).isMended }

  /// The check of a file; where its rows are mended ones of an earlier file, as that of such a one: its trailer's figures
  /// are the whole file's, and not compared.
  func knowingMends(_ check: FileCheck, _ input: IntakeInput) throws(RunFault) -> FileCheck {
    guard !check.isMended, input != .standardInput, check.recordsRead > 0, !check.stoppedEarly,
      try attempt({ () throws(LedgerError) in try ledger.mostRowsToMend() }) >= check.recordsRead
    else { return check }
    for candidate in try candidates(check) {
      guard try holds(check, onlyRowsOf: candidate) else { continue }
      var mending = intake
      mending.isOfMendedRows = true
      return try self.check(input, by: mending)
    }
    return check
  }

  /// Earlier files that have one of the first rows to mend.
  private func candidates(_ check: FileCheck) throws(RunFault) -> [FileRunID] {
    var cursor = intake.rows(check)
    let rows: [IntakeRow]
    do throws(IntakeError) { rows = try cursor.next(limit: Self.reach) } catch { throw .intake(error) }
    let feed = settings.feed ?? check.layout.name
    for row in rows {
      guard let reference = row.reference else { continue }
      let found = try attempt { () throws(LedgerError) in try ledger.fileRuns(ofFeed: feed, toMend: reference) }
      var earlier: [FileRunID] = []
      for id in found {
        let run = try attempt { () throws(LedgerError) in try ledger.fileRun(id) }
        // The file itself, sent before, is no earlier one.
        if let run, run.file.digest != check.digest { earlier.append(id) }
      }
      if !earlier.isEmpty { return earlier }
    }
    return []
  }

  private func holds(_ check: FileCheck, onlyRowsOf earlier: FileRunID) throws(RunFault) -> Bool {
    var left = RowsToMend(try attempt { () throws(LedgerError) in try ledger.rowsToMend(of: earlier) })
    var cursor = intake.rows(check)
    while true {
      let rows: [IntakeRow]
      do throws(IntakeError) { rows = try cursor.next(limit: 1000) } catch { throw .intake(error) }
      if rows.isEmpty { return true }
      for row in rows where !left.take(row.reference ?? "") { return false }
    }
  }
}

extension IntakeRow {
  /// The reference of its bill or object, valid or not; `nil` where it has none.
  fileprivate var reference: String? {
    switch self {
    case .operation(_, _, let operation): operation.reference
    case .rejected(let row): row.reference
    }
  }
}
