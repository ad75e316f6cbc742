import BillModel
import MomentAPI

/// The void, and the bill in its place.
extension CorrectMachine {
  mutating func voidStanding(_ context: SubmissionContext) -> SubmissionStep {
    let bill = VoidedBill(reference: correction.reference(number - 1))
    return void(
      VoidMachine(record: record, bill: bill, origin: .fresh(epoch: firstEpoch, priorAttempts: priorAttempts)), .begin,
      context)
  }

  mutating func void(
    _ machine: VoidMachine, _ event: SubmissionEvent, _ context: SubmissionContext
  ) -> SubmissionStep {
    var machine = machine
    let step = machine.handle(event, context)
    phase = .voiding(machine)
    switch step.effect {
    case .settle(let settlement): return ended(settlement, machine, context)
    // An earlier void can't be taken back, and so the row isn't.
    case .withdraw(_, let reason) where isVoidedByUs: return giveUp(reason)
    case .stopRun(let problem, _) where isVoidedByUs:
      phase = .ended
      return SubmissionStep(.stopRun(problem, withdrawing: nil))
    case .giveUp, .withdraw, .leave, .stopRun:
      phase = .ended
      return step
    case .send, .getBill, .getParty, .wait, .make, .readAgain, .stands, .none: return step
    }
  }

  private mutating func ended(
    _ settlement: RowSettlement, _ machine: VoidMachine, _ context: SubmissionContext
  ) -> SubmissionStep {
    switch settlement.outcome {
    case .updated where raisedID != nil: return hasTakenItsPlace(settlement, learned: [])
    case .updated where machine.isUnclear, .unchanged where machine.isUnclear: return isUnclear(settlement)
    case .updated: return raiseNext(after: machine.epoch, attempts: machine.attempts, context)
    case .unchanged: return stops(settlement, "somebody else has voided it meanwhile")
    case .created, .rejected, .refused, .conflict, .skipped, .unknown, .notSent:
      return stops(settlement, settlement.message)
    }
  }

  /// What somebody else may have cancelled isn't raised again.
  private mutating func isUnclear(_ settlement: RowSettlement) -> SubmissionStep {
    var mine = settlement
    (mine.outcome, mine.field) = (.unchanged, nil)
    return stops(
      mine,
      "\(correction.reference(number - 1)) is voided, by a request of this row whose answer was lost or by somebody else: "
        + "the API doesn't tell which. None is raised in its place; a bill's row for \(correction.reference(number)) would",
      code: .correctVoidUnclear)
  }

  /// Nothing was voided by this row, unless it was by an earlier try.
  private mutating func stops(
    _ settlement: RowSettlement, _ message: String?, code: FindingCode = .apiConflict
  ) -> SubmissionStep {
    var mine = settlement
    if isVoidedByUs {
      (mine.reference, mine.changed) = (correction.reference(number), correction.bill.reference)
      return staysUnraised(mine, message)
    }
    (mine.reference, mine.successor, mine.message) = (
      correction.bill.reference, correction.reference(number), message
    )
    if mine.outcome == .unchanged { (mine.outcome, mine.code, mine.field) = (.conflict, code, "status") }
    phase = .ended
    return SubmissionStep(.settle(mine))
  }

  /// The new bill goes, under the epoch after that of the void. It hangs where the one before it does.
  mutating func raiseNext(
    after epoch: Int, attempts: Int, _ context: SubmissionContext
  ) -> SubmissionStep {
    if looksOnly { return giveUp("the bill is voided, and the one in its place is not raised yet") }
    if let before = standing ?? voided, let form = BodyForm(of: before) { billForm = form }
    let machine = SubmissionMachine(
      record: record, bill: correction.bill(number), form: billForm,
      origin: .fresh(epoch: epoch + 1, priorAttempts: attempts), looksFirst: billForm == .nested)
    return raise(machine, .begin, context)
  }

  mutating func raise(
    _ machine: SubmissionMachine, _ event: SubmissionEvent, _ context: SubmissionContext
  ) -> SubmissionStep {
    var machine = machine
    let step = machine.handle(event, context)
    phase = .raising(machine)
    switch step.effect {
    case .settle(let settlement):
      switch settlement.outcome {
      case .created, .unchanged, .updated: return hasTakenItsPlace(settlement, learned: step.learned)
      case .rejected, .refused, .conflict, .skipped, .unknown, .notSent:
        return isNotRaised(settlement, learned: step.learned)
      }
    // The void can't be taken back, and so the row isn't: it is unknown, and goes on where it is.
    case .withdraw(_, let reason): return giveUp(reason)
    case .leave: return giveUp("the bill is voided, and the one in its place couldn't be raised yet")
    case .stopRun(let problem, _):
      phase = .ended
      return SubmissionStep(.stopRun(problem, withdrawing: nil), learned: step.learned)
    case .giveUp:
      (phase, awaitsKey) = (.ended, machine.awaitsKey)
      return step
    case .send, .getBill, .getParty, .wait, .make, .readAgain, .stands, .none: return step
    }
  }

  private mutating func hasTakenItsPlace(_ settlement: RowSettlement, learned: [KnownParty]) -> SubmissionStep {
    var mine = settlement
    (mine.outcome, mine.code, mine.field) = (.updated, nil, nil)
    (mine.reference, mine.claim) = (correction.reference(number), .newBill)
    mine.message = "\(correction.reference(number - 1)) is voided, and \(mine.reference) raised in its place"
    if let raisedID { mine.billID = raisedID }
    mine.changed = correction.bill.reference
    phase = .ended
    return SubmissionStep(.settle(mine), learned: learned)
  }

  /// An earlier try has voided the bill, and this one doesn't raise the one in its place either.
  mutating func staysUnraised(_ settlement: RowSettlement, _ message: String?) -> SubmissionStep {
    var mine = settlement
    (mine.outcome, mine.code, mine.claim, mine.billID) = (.refused, .correctVoidedNotRaised, .newBill, nil)
    mine.message =
      "the bill was voided before for this correction, and none is raised in its place: "
      + (message ?? "the API said no")
    phase = .ended
    return SubmissionStep(.settle(mine))
  }

  private mutating func isNotRaised(_ settlement: RowSettlement, learned: [KnownParty]) -> SubmissionStep {
    var mine = settlement
    (mine.outcome, mine.code, mine.changed) = (.refused, .correctVoidedNotRaised, correction.bill.reference)
    mine.message =
      "\(correction.reference(number - 1)) is voided, and \(settlement.reference) is not raised in its place: "
      + (settlement.message ?? "the API said no")
    phase = .ended
    return SubmissionStep(.settle(mine), learned: learned)
  }
}

extension BodyForm {
  /// How a bill hangs where this one does, by id; `nil` where its answer doesn't tell the id.
  fileprivate init?(of bill: RemoteBill) {
    if let id = bill.accountID {
      self = .account(id: id)
    } else if bill.accountReference == nil, let id = bill.customerID {
      self = .customer(id: id)
    } else {
      return nil
    }
  }
}
