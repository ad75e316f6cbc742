package import BillModel
import MomentAPI
import Transport

/// Decides, for a row that raises a bill of which something was paid before, what is sent and asked: the bill is raised,
/// and once it is certain to be there what was paid is noted on it.
///
/// The intent of the bill stays in the ledger until that of the payment takes its place, so that a process that died in
/// between goes on at the bill, whose key or reference tells that it is there. On a bill that shows another payment
/// nothing is noted: that is newer than what the row knows.
package struct PaidBillMachine: RowMachine, Hashable {
  private enum Stage: Hashable {
    case raising(SubmissionMachine)
    case paying(PaymentMachine)
  }

  package let record: Int
  package let paid: PaidBill
  package let origin: SubmissionOrigin
  private let looksOnly: Bool

  private var stage: Stage
  /// What became of the bill, once that is known.
  private var raised = RowOutcome.created
  /// Whether the ledger has an intent of the bill, or of the payment after it: then the row isn't taken back any more.
  private var isKept = false

  /// The machine of a row whose bill is to go in `form`, or whose intent says where it stands.
  package init(
    record: Int, paid: PaidBill, form: BodyForm, origin: SubmissionOrigin, looksFirst: Bool = false,
    looksOnly: Bool = false, billLook: BillLook? = nil
  ) {
    self.record = record
    self.paid = paid
    self.origin = origin
    self.looksOnly = looksOnly
    if case .resumed(let intent, _) = origin, intent.claim != .newBill {
      stage = .paying(PaymentMachine(record: record, payment: paid.payment, origin: origin, looksOnly: looksOnly))
      (raised, isKept) = (intent.raised ?? .created, true)
    } else {
      stage = .raising(
        SubmissionMachine(
          record: record, bill: paid.bill, form: form, origin: origin, looksFirst: looksFirst, looksOnly: looksOnly,
          billLook: billLook))
    }
  }

  private var current: any RowMachine {
    switch stage {
    case .raising(let machine): machine
    case .paying(let machine): machine
    }
  }

  package var operation: BillOperation { .raisePaid(paid) }
  package var sent: BillOperation { current.sent }
  package var form: BodyForm { current.form }
  package var epoch: Int { current.epoch }
  package var attempt: Int { current.attempt }
  package var attempts: Int { current.attempts }
  package var doubt: SendDoubt? { current.doubt }
  package var awaitsKey: Bool { current.awaitsKey }

  package func keyEnds(_ policy: RetryPolicy) -> WallTime? { current.keyEnds(policy) }

  package var restsOnLook: Bool { current.restsOnLook }

  package var stake: RowStake {
    switch stage {
    case .raising(let machine): return machine.stake
    case .paying(let machine):
      var stake = machine.stake
      stake.raised = raised
      return stake
    }
  }

  /// Of the payment that is noted, too: the row is about the bill.
  package var terms: RowTerms? { RowTerms(operation) }

  package var withdrawal: RowWithdrawal? { isKept ? nil : current.withdrawal }

  package mutating func handle(_ event: SubmissionEvent, _ context: SubmissionContext) -> SubmissionStep {
    switch stage {
    case .raising(var machine):
      let step = machine.handle(event, context)
      stage = .raising(machine)
      guard case .settle(let settlement) = step.effect, settlement.outcome.isAccepted else { return step }
      return pay(settlement, machine, learned: step.learned, context)
    case .paying(var machine):
      let step = machine.handle(event, context)
      stage = .paying(machine)
      return ended(step)
    }
  }

  /// The bill is there.
  private mutating func pay(
    _ settlement: RowSettlement, _ bill: SubmissionMachine, learned: [KnownParty], _ context: SubmissionContext
  ) -> SubmissionStep {
    (raised, isKept) = (settlement.outcome, bill.attempt > 0)
    if looksOnly {
      return SubmissionStep(.giveUp("the bill is there, and what was paid of it is not noted yet", isAnswered: false))
    }
    var machine = PaymentMachine(
      record: record, payment: paid.payment, origin: .fresh(epoch: bill.epoch + 1, priorAttempts: bill.attempts))
    let step = machine.handle(.begin, context)
    stage = .paying(machine)
    return SubmissionStep(step.effect, learned: learned)
  }

  /// What the payment comes to is what the row comes to; but what is raised already isn't taken back.
  private func ended(_ step: SubmissionStep) -> SubmissionStep {
    switch step.effect {
    case .settle(let settlement): return SubmissionStep(.settle(whole(settlement)))
    case .withdraw(_, let reason) where isKept: return SubmissionStep(.giveUp(reason, isAnswered: false))
    case .leave where isKept:
      return SubmissionStep(.giveUp("the bill is raised, and its payment couldn't be noted yet", isAnswered: false))
    case .stopRun(let problem, _) where isKept: return SubmissionStep(.stopRun(problem, withdrawing: nil))
    case .send, .getBill, .getParty, .wait, .giveUp, .withdraw, .make, .readAgain, .stands, .leave, .stopRun, .none:
      return step
    }
  }

  private func whole(_ payment: RowSettlement) -> RowSettlement {
    var whole = payment
    switch payment.outcome {
    case .updated where raised == .created, .unchanged: whole.outcome = raised
    case .refused, .conflict:
      whole.code = .paymentNotNoted
      whole.message =
        "the bill is raised, and what was paid of it before is not noted: " + (payment.message ?? "the API said no")
    case .created, .updated, .rejected, .skipped, .unknown, .notSent: break
    }
    return whole
  }
}

extension RowOutcome {
  /// Whether the object is as the row asks.
  fileprivate var isAccepted: Bool {
    switch self {
    case .created, .unchanged, .updated: true
    case .rejected, .refused, .conflict, .skipped, .unknown, .notSent: false
    }
  }
}
