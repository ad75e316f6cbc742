package import BillModel
import MomentAPI
import Transport

/// Decides, for a row that corrects a bill, what is sent and asked: the bill is voided, and raised as it is to be under
/// the next reference of its series. Both together, or neither.
///
/// First the series is walked, from the bill itself on, to the one that stands: it is left alone where something was
/// paid on it, where it hangs on another party, and where it is as the row says already. Then the next reference goes
/// into the ledger with the void's intent, and once the void is certain the new bill's intent takes its place: so a
/// process that died in between goes on at the void, whose key or bill tells that it is done. From the void on the row
/// is never taken back. Its files:
///
/// - `+Walking`: what the bills of the series say
/// - `+Stages`: the void, and the bill in its place
package struct CorrectMachine: LookingMachine, Hashable {
  /// What a GET is to find out.
  enum Look: Hashable {
    /// Whether the bill of this number in the series is there, and what it says.
    case bill(Int)
    /// The id of the row's party, to compare a bill of the series with the row.
    case party(PartyKey, of: RemoteBill, number: Int)
  }

  /// Where the row stands between two events.
  enum Phase: Hashable {
    case ready, ended
    case looking(Look)
    case pausing(Look)
    case voiding(VoidMachine)
    case raising(SubmissionMachine)
  }

  package let record: Int
  package let correction: Correction
  package let origin: SubmissionOrigin
  /// Asks, and never sends: for a row whose intent is unresolved.
  let looksOnly: Bool
  /// What the ledger knows of the series. Where an earlier try of ours has voided the bill, and raised nothing in its place:
  /// until it is raised, no end of the row says that nothing was done.
  let history: SeriesHistory

  var phase = Phase.ready
  /// How the new bill names its party.
  var billForm: BodyForm
  let firstEpoch: Int
  let priorAttempts: Int
  /// The bill of the series that is to be voided.
  var standing: RemoteBill?
  /// The last one that is voided already.
  var voided: RemoteBill?
  /// The number of the bill that takes its place; 0 while it isn't known.
  var number = 0
  /// The id of that bill, where it is there already.
  var raisedID: String?
  var evidence: PartyEvidence
  var tries = Tries()
  package internal(set) var awaitsKey = false

  /// The machine of a row whose new bill is to go in `form`, or whose intent says where it stands.
  package init(
    record: Int, correction: Correction, form: BodyForm, origin: SubmissionOrigin,
    history: SeriesHistory = SeriesHistory(), looksOnly: Bool = false
  ) {
    self.record = record
    self.correction = correction
    self.origin = origin
    var history = history
    if case .resumed(let intent, _) = origin, intent.raised == .refused { history.isVoidedByUs = true }
    self.history = history
    self.looksOnly = looksOnly
    billForm = form == .change ? BodyForm(naming: correction.bill.party) : form
    evidence = PartyEvidence(billForm)
    switch origin {
    case .fresh(let epoch, let prior): (firstEpoch, priorAttempts) = (epoch, prior)
    case .settledElsewhere, .claimedElsewhere: (firstEpoch, priorAttempts) = (1, 0)
    case .resumed(let intent, _):
      (firstEpoch, priorAttempts) = (intent.epoch, intent.epoch - 1)
      number = correction.number(under: intent) ?? 0
    }
  }

  package var operation: BillOperation { .correct(correction) }
  var isVoidedByUs: Bool { history.isVoidedByUs }

  /// The machine of the stage under way; `nil` while the series is walked.
  private var stage: (any RowMachine)? {
    switch phase {
    case .voiding(let machine): machine
    case .raising(let machine): machine
    case .ready, .looking, .pausing, .ended: nil
    }
  }

  package var sent: BillOperation { stage?.sent ?? operation }
  package var form: BodyForm { stage?.form ?? billForm }
  package var epoch: Int { stage?.epoch ?? firstEpoch }
  package var attempt: Int { stage?.attempt ?? 0 }
  package var attempts: Int { stage?.attempts ?? priorAttempts }
  package var doubt: SendDoubt? { stage?.doubt }

  package func keyEnds(_ policy: RetryPolicy) -> WallTime? { stage?.keyEnds(policy) }

  package var restsOnLook: Bool { stage?.restsOnLook ?? false }

  /// While it is voided, the bill that the row names and the next reference; then that alone.
  package var stake: RowStake {
    if case .raising(let machine) = phase { return machine.stake }
    return RowStake(
      reference: correction.bill.reference, claim: operation.claim,
      successor: number > 0 ? correction.reference(number) : nil, raised: isVoidedByUs ? .refused : nil)
  }

  /// A bill in the place of another, which is voided.
  package var terms: RowTerms? {
    var terms = RowTerms(operation)
    if number > 0 { terms?.voids = correction.reference(number - 1) }
    return terms
  }

  package var askedBill: String {
    switch phase {
    case .looking(.bill(let number)): correction.reference(number)
    case .voiding(let machine): machine.askedBill
    case .raising(let machine): machine.askedBill
    case .ready, .looking, .pausing, .ended: correction.bill.reference
    }
  }

  package var withdrawal: RowWithdrawal? {
    if case .voiding(let machine) = phase, !isVoidedByUs { machine.withdrawal } else { nil }
  }

  package mutating func handle(_ event: SubmissionEvent, _ context: SubmissionContext) -> SubmissionStep {
    switch (phase, event) {
    case (.ready, .begin): return begin(context)
    case (.looking(let question), .answer(let answer)): return looked(question, answer, context)
    case (.looking(let question), .failure(let failure)): return again(question, failure.description, nil, context)
    case (.pausing(let question), .due): return look(question)
    case (.voiding(let machine), _): return void(machine, event, context)
    case (.raising(let machine), _): return raise(machine, event, context)
    case (.ready, .due), (.ready, .answer), (.ready, .failure), (.looking, .begin), (.looking, .due),
      (.pausing, .begin), (.pausing, .answer), (.pausing, .failure),
      (.ended, .begin), (.ended, .due), (.ended, .answer), (.ended, .failure):
      return SubmissionStep(.none)
    }
  }

  private mutating func begin(_ context: SubmissionContext) -> SubmissionStep {
    switch origin {
    case .fresh: return look(.bill(0))
    case .resumed where number == 0: return giveUp("its intent is of another series of references than the layout's")
    case .resumed(let intent, _):
      guard intent.claim == .newBill else {
        let bill = VoidedBill(reference: correction.reference(number - 1))
        return void(
          VoidMachine(record: record, bill: bill, origin: origin, looksOnly: looksOnly), .begin, context)
      }
      return raise(
        SubmissionMachine(
          record: record, bill: correction.bill(number), form: intent.form, origin: origin, looksOnly: looksOnly),
        .begin, context)
    case .settledElsewhere:
      return conflict("external_reference", "another row has a bill of the reference that is to take its place")
    case .claimedElsewhere: return leave()
    }
  }
}

extension BodyForm {
  /// How a bill names this party where nothing is known of it: by the id that the row gives, else nested.
  init(naming party: BillParty) {
    switch party {
    case .customerID(let id): self = .customer(id: id)
    case .accountID(let id): self = .account(id: id)
    case .customer, .account: self = .nested
    }
  }
}
