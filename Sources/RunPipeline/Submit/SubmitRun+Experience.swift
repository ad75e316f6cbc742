import BillModel
import BillPlanning
import BillSubmission

extension SubmitRun {
  /// Takes in what a step tells of whether the row's parties were there before it.
  func note(_ step: SubmissionStep, of row: ActiveRow) {
    let record = row.machine.record
    switch step.effect {
    case .getParty: row.hasAsked = true
    case .send where !step.learned.isEmpty: experience.answered(record, isThere: true)
    case .send(let sending):
      guard case .fresh(sending.epoch, _) = row.machine.origin, sending.attempt == 1, row.hasAsked else { return }
      experience.answered(record, isThere: false)
    case .settle(let settlement):
      if !step.learned.isEmpty { experience.answered(record, isThere: settlement.confirmedBy == .lookup) }
      experience.ended(record)
    case .giveUp, .withdraw, .make, .readAgain, .leave, .stopRun: experience.ended(record)
    case .getBill, .wait, .none: return
    }
  }
}
