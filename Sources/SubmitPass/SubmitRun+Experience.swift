import BillModel
import BillPlanning
import BillSubmission

extension SubmitRun {
  /// Takes in what a step tells of whether the row's parties were there before it.
  func note(_ step: SubmissionStep, of row: ActiveRow) {
    let record = row.record
    switch step.effect {
    case .getParty: row.hasAsked = true
    // The nest was taken, though not by this run: to look first would have cost more.
    case .getBill where !step.learned.isEmpty: experience.answered(record, isThere: false)
    case .send where !step.learned.isEmpty: experience.answered(record, isThere: true)
    case .send(let sending):
      guard row.hasAsked, sending.attempt == 1, case .fresh(sending.epoch, _) = row.machine.origin else { return }
      experience.answered(record, isThere: false)
    case .settle(let settlement):
      if !step.learned.isEmpty { experience.answered(record, isThere: settlement.confirmedBy == .lookup) }
      experience.ended(record)
    case .giveUp, .withdraw, .make, .readAgain, .stands, .leave, .stopRun: experience.ended(record)
    case .getBill, .wait, .none: return
    }
  }
}
