package import BillIntake
import BillLayouts
import BillLedger
import BillModel
import BillReports
import Hashing
package import SubmitPass

/// Settling: finds out what became of a file's unknown rows, and sends no other row.
extension FileSubmission {
  /// Turns the unknown rows of a file that was submitted into known ones, and the open changes of its parties, and writes its
  /// report again. A row's own request may be sent again for that, and raised under a new key where that is proved to be
  /// right.
  package func settle(_ input: IntakeInput) throws(RunFault) -> FileResult {
    let started = Stopwatch()
    let (fileRun, check) = try submitted(input, rewritesReport: true)
    let hasDoubts = try hasDoubtedSums(fileRun) ? true : hasDoubtedChanges(fileRun)
    guard fileRun.rows.unresolved > 0 || hasDoubts else {
      let isWritten = folder(fileRun.file.name, check).isComplete
      var result = try report(fileRun.id, check, .nothingSent, started, rewrites: !isWritten)
      (result.hadNothingToSettle, result.isOfSettling) = (true, true)
      return result
    }
    return try holding(.file(check.digest)) { () throws(RunFault) in
      guard try endRanges(fileRun, check) else { throw try isSentByOthers(fileRun, check) }
      try makeReportFolder(fileRun, check)
      let sent = try send(fileRun, check)
      if sent.stop == .finished { try completeIfAllIsKnown(fileRun, check) }
      var result = try report(fileRun.id, check, sent, started, rewrites: true)
      result.isOfSettling = true
      return result
    }
  }

  /// Asks the API about the unknown rows, and tells what each would be settled as. Writes nothing, neither there nor in
  /// the ledger, and no report.
  package func look(_ input: IntakeInput, telling tell: @escaping (LookedRow) -> Void) throws(RunFault) -> SubmitStop {
    let (fileRun, check) = try submitted(input, rewritesReport: false)
    guard fileRun.rows.unresolved > 0 else { return .finished }
    try mustCount()
    do throws(SubmitFault) {
      let run: SubmitRun
      do throws(LedgerError) {
        run = try SubmitRun(
          fileRun, intake: intake, check: check, ledger: ledger, connection: connection,
          environment: settings.environment, options: options, interrupts: interrupts, progress: progress,
          looked: tell)
      } catch { throw SubmitFault.ledger(error) }
      return try run.run().stop
    } catch { throw RunFault(error) }
  }

  /// Whether rows of the file added last to sums to which a request was lost: it may have set them back since.
  private func hasDoubtedSums(_ fileRun: FileRun) throws(RunFault) -> Bool {
    try attempt { () throws(LedgerError) in
      try !ledger.doubtedSums(
        of: fileRun.id, after: 0, since: WallTime(milliseconds: 0), withOwn: true, limit: 1
      ).isEmpty
    }
  }

  /// Whether a change of a party may have been sent whose fate isn't known.
  private func hasDoubtedChanges(_ fileRun: FileRun) throws(RunFault) -> Bool {
    guard fileRun.hasOpenChanges else { return false }
    return try attempt { () throws(LedgerError) in
      try ledger.openChanges(of: fileRun.id).contains { !$0.fields.isEmpty }
    }
  }

  /// The file run of these bytes under this layout.
  ///
  /// - Parameter rewritesReport: A report is to be written of what is read: one of a file that can't be read as it was when
  ///   it was submitted would say less than was told. Else its rows must be those that were read then.
  func submitted(_ input: IntakeInput, rewritesReport: Bool) throws(RunFault) -> (FileRun, FileCheck) {
    let check = try check(input)
    if interrupts() > 0 { throw .interrupted }
    let offered = LayoutIdentity(check.layout)
    let runs = try attempt { () throws(LedgerError) in try ledger.fileRuns(of: check.digest) }
    if let run = runs.last(where: { offered.has($0.layout.digest) }) {
      let isEnough = rewritesReport ? false : try hasSameRows(check, as: run)
      if !isEnough { try mustNotBeTaken(check) }
      return (run, check)
    }
    if let other = runs.last {
      throw .ledger(.otherLayout(file: check.digest, recorded: other.layout, offered: offered))
    }
    let namesakes = try attempt { () throws(LedgerError) in try ledger.fileRuns(named: check.fileName) }
    guard let changed = namesakes.last(where: { $0.rows.unresolved > 0 }) ?? namesakes.last else {
      throw .neverSubmitted(ledger: settings.ledgerPath)
    }
    throw .changedSince(
      name: check.fileName, digest: changed.file.digest.short, unknown: changed.rows.unresolved)
  }

  /// Whether as many rows are read of a file, good and bad, as when it was begun.
  private func hasSameRows(_ check: FileCheck, as run: FileRun) throws(RunFault) -> Bool {
    let known = try attempt { () throws(LedgerError) in try ledger.check(of: run.id) }
    return known.map { [$0.recordsRead, $0.valid] == [check.recordsRead, check.valid] } ?? false
  }

  /// A file whose last open rows were the unknown ones is finished with them, where no change of a party is open.
  func completeIfAllIsKnown(_ fileRun: FileRun, _ check: FileCheck) throws(RunFault) {
    try attempt { () throws(LedgerError) in
      let rows = try ledger.counts(of: fileRun.id)
      let settled = rows.settled.values.reduce(0, +)
      guard rows.unresolved == 0, rows.unsent == 0, settled >= check.valid,
        try !ledger.hasRow(of: fileRun.id, with: .correctVoidedNotRaised),
        try ledger.openChanges(of: fileRun.id).isEmpty
      else { return }
      try ledger.completeSending(of: fileRun.id, now: .now)
    }
  }
}
