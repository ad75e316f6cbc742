import BillLedger
import BillModel
import BillSubmission
package import MomentAPI

/// Rows that add to sums at the API: what the ledger knows of these goes to their machines with each answer, and what the
/// machines find out goes into the ledger.
extension SubmitRun {
  /// How long a request whose answer was lost may still land: as long as a key is known.
  private static let lateness: Int64 = 24 * 3_600_000

  /// A look or an answer shows the sum that a row adds to.
  func recall(_ object: RemoteObject, for row: ActiveRow) throws(SubmitFault) {
    guard let addition = row.operation.addition else { return }
    do throws(LedgerError) {
      row.sights.history = try ledger.history(
        of: addition, by: RowAddress(fileRun: fileRun, record: row.record), shown: ShownSum(object))
    } catch { throw .ledger(error) }
    row.sights.history.takesOthers = options.addsToOtherMarks
  }

  /// Takes what a step says of a sum into the next commit.
  func note(sumsOf step: SubmissionStep, _ row: ActiveRow) {
    guard options.scope.writes else { return }
    if let confirmed = step.confirmed { batch.confirmations.append((row.record, confirmed)) }
    guard case .settle(let settlement) = step.effect, let (key, total, currency) = row.operation.settingOfSum else {
      return
    }
    let isAccepted = [.created, .updated, .unchanged].contains(settlement.outcome)
    guard isAccepted || hasSet(row, settlement) else { return }
    batch.settings.append(
      (
        row.record,
        SumSetting(
          key, total: total, currency: currency, isCertain: isAccepted, doubtedSince: row.machine.doubt?.since)
      ))
  }

  /// Whether a row that didn't go well may have set its sum. One that raises a bill first may not have come to that.
  private func hasSet(_ row: ActiveRow, _ settlement: RowSettlement) -> Bool {
    guard case .raisePaid = row.operation else { return settlement.attempts > 0 }
    return row.machine.stake.claim != .newBill && row.machine.attempt > 0
  }

  /// What a row is about to set a sum to; `nil` where it adds to none.
  func intendedSum(_ row: ActiveRow, _ machine: any RowMachine) -> IntendedSum? {
    guard let addition = row.operation.addition else { return nil }
    var made: Int64?
    if case .set(let values) = machine.sent { made = values.balance }
    guard let total = machine.terms?.total ?? made else { return nil }
    return IntendedSum(addition, total: total, basis: machine.sumBasis)
  }

  /// Rows that were settled, and added last to sums to which a request was lost not long ago, in this file run or before.
  func lookAtDoubts() throws(SubmitFault) -> Bool {
    switch options.scope {
    case .look, .plan, .records: return false
    case .all: return try feed.lookAgain(since: WallTime(milliseconds: now.wall.milliseconds - Self.lateness))
    case .unknown: return try feed.lookAgain(since: WallTime(milliseconds: 0))
    }
  }

  /// Looks again at the sum of a settled row.
  func lookAgain(_ settlement: RowSettlement, _ operation: BillOperation) throws(SubmitFault) {
    switch operation {
    case .credit(let credit):
      try begin(
        ActiveRow(
          CreditMachine(record: settlement.record, credit: credit, lookingAgain: settlement), carries: [],
          hasBegun: true))
    case .pay(let payment):
      try begin(
        ActiveRow(
          PaymentMachine(record: settlement.record, payment: payment, lookingAgain: settlement), carries: [],
          hasBegun: true))
    case .raise, .raisePaid, .skip, .correct, .set, .void: break
    }
  }
}

extension ShownSum {
  package init(_ object: RemoteObject) {
    switch object {
    case .bill(let bill): self.init(mark: bill.metadata[Payment.metadataKey], total: bill.amountPaid ?? 0)
    case .customer, .account:
      self.init(mark: object.metadata[Credit.metadataKey], total: object.balance ?? 0)
    }
  }
}
