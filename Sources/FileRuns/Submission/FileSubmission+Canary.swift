import BillIntake
import BillLedger
import BillModel
import BillReports
import Hashing
import MomentAPI
import SubmitPass

/// The canary: a few rows of a file go first, are read back from the API and compared, field by field. Only where all
/// is as it was sent do the others go, by themselves or once they are approved.
extension FileSubmission {
  /// Sends a file's canary, then the rest of it, unless the canary says no.
  func send(_ fileRun: FileRun, _ check: FileCheck, canary settings: CanarySettings) throws(RunFault) -> SubmitSummary {
    try begin(fileRun, check)
    let settled = try settledRows(fileRun, limit: settings.count)
    var first = options
    let chosen = try choose(settings.count - settled.count, fileRun, check)
    var sent = SubmitSummary.nothingSent
    if !chosen.isEmpty {
      first.scope = .records(chosen)
      sent = try submit(fileRun, check, first)
      guard sent.stop == .finished else { return sent }
    }
    let budget = DayBudget(ledger, options.times, clock)
    let canary = try readBack(fileRun, check, settings.count, budget)
    if let stop = try budget.stop() {
      sent.stop = stop
      return sent
    }
    self.canary = canary
    if interrupts() > 0 {
      sent.stop = .interrupted
    } else if let row = canary.firstDifference {
      sent.stop = .canaryDiffers(record: row.record, reference: row.reference, row.difference ?? "")
    } else if settings.waits, self.settings.approval != check.digest.short,
      try settledRows(fileRun, limit: check.valid).count < check.valid
    {
      sent.stop = .canaryWaits(rows: canary.rows.count, digest: check.digest.short)
    } else {
      return try sendRows(fileRun, check)
    }
    return sent
  }

  /// The first rows that the ledger has settled, in the file's order: the canary of an earlier run among them.
  private func settledRows(_ fileRun: FileRun, limit: Int) throws(RunFault) -> [RowSettlement] {
    try attempt { () throws(LedgerError) in
      var found: [RowSettlement] = []
      var last = 0
      while found.count < limit {
        let rows = try ledger.rows(of: fileRun.id, after: last, limit: 1000)
        guard let end = rows.last else { break }
        last = end.record
        for row in rows { if case .settled(let settlement) = row.state { found.append(settlement) } }
      }
      return Array(found.prefix(limit))
    }
  }

  private func choose(_ count: Int, _ fileRun: FileRun, _ check: FileCheck) throws(RunFault) -> Set<Int> {
    guard count > 0 else { return [] }
    var choice = CanaryChoice(count: count, series: intake.corrections)
    var states = LedgerRowReader(ledger, fileRun.id)
    var cursor = intake.rows(check)
    var looked = 0
    while looked < CanaryChoice.reach, !choice.isFull {
      let rows: [IntakeRow]
      do throws(IntakeError) { rows = try cursor.next(limit: 256) } catch { throw .intake(error) }
      if rows.isEmpty { break }
      looked += rows.count
      for row in rows {
        guard case .operation(let record, _, let operation) = row, choice.isFirst(operation), mayBeCanary(record)
        else { continue }
        try attempt { () throws(LedgerError) in
          switch try states.state(of: record) {
          case nil, .unsent: try choice.offer(record, operation, ledger)
          case .intended, .settled: break
          }
        }
      }
    }
    return choice.records
  }

  /// By a plan, a canary is of rows that are created or changed.
  private func mayBeCanary(_ record: Int) -> Bool {
    guard let plan = options.plan else { return true }
    return plan[record]?.outcome == .created || plan[record]?.outcome == .updated
  }

  private func readBack(
    _ fileRun: FileRun, _ check: FileCheck, _ count: Int, _ budget: DayBudget
  ) throws(RunFault) -> Canary {
    let settled = try settledRows(fileRun, limit: count)
    let operations = try operations(of: Set(settled.map(\.record)), check)
    let reader = CanaryReader(
      connection: connection, builder: RequestBuilder(environment: settings.environment), policy: options.policy,
      interrupts: interrupts,
      // The one before may have gone when the day had begun.
      affordsRequest: { budget.affordsRequest(inClient: 1) })
    var canary = Canary(rows: [])
    for settlement in settled {
      guard let operation = operations[settlement.record], try isLast(operation, settlement.record, fileRun) else {
        continue
      }
      do throws(RequestError) {
        canary.rows.append(try reader.row(settlement, operation))
      } catch {
        throw .request(error)
      }
    }
    return canary
  }

  /// Whether nothing was left to be read back, or no later row has changed it since.
  private func isLast(_ operation: BillOperation, _ record: Int, _ fileRun: FileRun) throws(RunFault) -> Bool {
    if case .skip = operation { return false }
    let kind = operation.changedParty.map { ObjectKind($0.kind) } ?? .bill
    let change = try attempt { () throws(LedgerError) in try ledger.change(of: kind, operation.stake.reference) }
    return change.map { $0.row.fileRun == fileRun.id && $0.row.record <= record } ?? true
  }

  private func operations(of records: Set<Int>, _ check: FileCheck) throws(RunFault) -> [Int: BillOperation] {
    var left = records
    var found: [Int: BillOperation] = [:]
    var cursor = intake.rows(check)
    while !left.isEmpty {
      let rows: [IntakeRow]
      do throws(IntakeError) { rows = try cursor.next(limit: 256) } catch { throw .intake(error) }
      if rows.isEmpty { break }
      for row in rows where left.remove(row.record) != nil {
        if case .operation(_, _, let operation) = row { found[row.record] = operation }
      }
    }
    return found
  }
}
