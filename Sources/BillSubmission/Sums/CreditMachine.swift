package import BillModel
import MomentAPI
import Transport

/// Decides, for a row whose amount goes to the balance of its party, what is sent and asked so that it is added, and once.
///
/// A PATCH sets the whole balance. So the party is read before each one, and the amount is added to what the API shows
/// then; a party that isn't there is made with it. What is added leaves the row's reference in the party's metadata, which
/// tells whether it is in: a PATCH whose fate is unknown is never repeated before the party was read again, and since what
/// was lost may land late the party is read at the end of the file too (rule 16). The ledger holds the party while this is
/// open, and the row's reference for good: no other row of it is added, in whatever file. What the mark of the row that was
/// added last tells, by the ledger, says what the amount is added to (`SumBase`). Its files:
///
/// - `+Making`: the party that isn't there
/// - `+Looking`: what the party shows
/// - `+Adding`: what the balance is to be then
/// - `+Endings`: what a row ends with, and pauses
package struct CreditMachine: AddingMachine, Hashable {
  /// What a GET is to find out.
  enum Look: Hashable {
    /// What the balance is, and whether the amount is in it.
    case before
    /// The same at the end of the file.
    case last
    /// The same, where nothing may be sent.
    case only
  }

  /// Where the row stands between two events.
  enum Phase: Hashable {
    case ready, writing, ended
    case looking(Look)
    case pausing(Look)
    /// After a 429: the very same PATCH goes again, while its look is young.
    case throttled
    case making(PartyMachine)
  }

  package let record: Int
  package let credit: Credit
  package let origin: SubmissionOrigin
  let looksOnly: Bool
  let looksFirst: Bool
  /// The outcome of a settled row that is looked at again.
  let settledAs: RowOutcome?

  var phase = Phase.ready
  private let firstForm: BodyForm
  var ownEpoch: Int
  var ownAttempt = 0
  /// A PATCH of the row may have been carried out, or may still be.
  var lateChange: SendDoubt?
  var earlierAttempts: Int
  var neverLeft = 0
  var hasReached = false
  /// Whether the ledger has an intent of the row.
  var hasIntent = false
  /// A request of the row may have made the party, with the amount in its balance.
  var mayHaveMade = false
  /// What the balance is to be in all, by the last look; `nil` before the first PATCH.
  var total: Int64?
  /// What the party had of metadata then.
  var theirs: [String: String] = [:]
  var aim = SumAim()
  /// What the row was settled as before it was sent again; `nil` where it wasn't.
  private(set) var becomes: RowOutcome?
  var tries = Tries()

  /// The machine of a row that is to go in `form`, or whose intent says so. `doubt`: a PATCH of the row that may still
  /// land, from before it was planned again. `looksFirst`: a new account looks for its customer before it nests it.
  package init(
    record: Int, credit: Credit, form: BodyForm, origin: SubmissionOrigin, doubt: SendDoubt? = nil,
    looksFirst: Bool = false, looksOnly: Bool = false
  ) {
    self.record = record
    self.credit = credit
    self.origin = origin
    lateChange = doubt
    self.looksFirst = looksFirst
    self.looksOnly = looksOnly
    settledAs = nil
    switch origin {
    case .fresh(let epoch, let prior): (firstForm, ownEpoch, earlierAttempts) = (form, epoch, prior)
    case .settledElsewhere, .claimedElsewhere: (firstForm, ownEpoch, earlierAttempts) = (form, 1, 0)
    case .resumed(let intent, _):
      (firstForm, ownEpoch, ownAttempt) = (intent.form, intent.epoch, intent.attempts)
      (earlierAttempts, hasReached, hasIntent, total) = (intent.epoch - 1, true, true, intent.terms?.total)
      lateChange = intent.doubt ?? (intent.form == .change ? SendDoubt(since: intent.firstSentAt) : nil)
      mayHaveMade = intent.form != .change
      aim = SumAim(intent.terms)
      becomes = intent.raised
    }
  }

  /// The machine of a settled row whose party is looked at again, since a lost request may have set its balance back.
  package init(record: Int, credit: Credit, lookingAgain settlement: RowSettlement) {
    self.record = record
    self.credit = credit
    origin = .fresh(epoch: settlement.epoch + 1, priorAttempts: settlement.attempts)
    (looksOnly, looksFirst, firstForm) = (false, false, .change)
    (settledAs, becomes) = (settlement.outcome, settlement.outcome)
    (ownEpoch, earlierAttempts) = (settlement.epoch + 1, settlement.attempts)
  }

  package var operation: BillOperation { .credit(credit) }

  /// The machine that makes the party, while that is what is done.
  private var maker: PartyMachine? { if case .making(let machine) = phase { machine } else { nil } }

  /// With the whole of the balance, and the row's reference.
  package var sent: BillOperation {
    if let maker { return maker.sent }
    return total.map { .set(credit.change(to: $0, keeping: theirs)) } ?? .set(credit.made)
  }

  package var form: BodyForm { maker?.form ?? (phase == .ready ? firstForm : .change) }
  package var epoch: Int { maker?.epoch ?? ownEpoch }
  package var attempt: Int { maker?.attempt ?? ownAttempt }
  package var attempts: Int { maker?.attempts ?? (earlierAttempts + ownAttempt - neverLeft) }

  package func keyEnds(_ policy: RetryPolicy) -> WallTime? { maker?.keyEnds(policy) }

  package var restsOnLook: Bool { maker == nil }

  package var terms: RowTerms? {
    var terms = RowTerms(operation)
    if maker == nil {
      terms?.total = total
      aim.write(to: &terms)
    }
    return terms
  }

  package var sumBasis: Int? { aim.basis }

  package var stake: RowStake {
    var stake = operation.stake
    stake.raised = becomes
    return stake
  }

  package var withdrawal: RowWithdrawal? {
    switch phase {
    case .making(let machine): machine.withdrawal
    case .pausing where hasIntent && isWithoutEffect, .throttled where hasIntent && isWithoutEffect,
      .looking(.before) where ownAttempt > 0 && isWithoutEffect:
      withdrawal(to: hasReached ? epoch + 1 : epoch)
    case .ready, .writing, .looking, .pausing, .throttled, .ended: nil
    }
  }

  package var doubt: SendDoubt? { maker?.doubt ?? lateChange }

  /// Whether no request of the row can have been carried out.
  var isWithoutEffect: Bool { doubt == nil && !mayHaveMade }

  package mutating func handle(_ event: SubmissionEvent, _ context: SubmissionContext) -> SubmissionStep {
    switch (phase, event) {
    case (.ready, .begin): begin(context)
    case (.making(let machine), _): make(machine, event, context)
    case (.pausing(let question), .due): look(question)
    case (.throttled, .due): same()
    case (.writing, .answer(let answer)): written(answer, context)
    case (.writing, .failure(let failure)): writeFailed(failure, context)
    case (.looking(let question), .answer(let answer)): looked(question, answer, context)
    case (.looking(let question), .failure(let failure)): again(question, failure.description, nil, context)
    case (.ready, .due), (.ready, .answer), (.ready, .failure), (.writing, .begin), (.writing, .due),
      (.looking, .begin), (.looking, .due), (.pausing, .begin), (.pausing, .answer), (.pausing, .failure),
      (.throttled, .begin), (.throttled, .answer), (.throttled, .failure),
      (.ended, .begin), (.ended, .due), (.ended, .answer), (.ended, .failure):
      SubmissionStep(.none)
    }
  }

  private mutating func begin(_ context: SubmissionContext) -> SubmissionStep {
    switch origin {
    case .fresh where settledAs != nil: return look(.last)
    case .fresh where firstForm == .change: return look(.before)
    case .resumed where looksOnly: return look(.only)
    case .resumed(let intent, _) where intent.form == .change: return look(intent.isAnswered ? .last : .before)
    case .fresh, .resumed: return beginMaking(firstForm, context)
    case .settledElsewhere: return settle(.conflict, "another row has used this reference, by the ledger", by: .ledger)
    case .claimedElsewhere:
      phase = .ended
      return SubmissionStep(.leave)
    }
  }

  // MARK: The PATCH

  mutating func send(_ total: Int64) -> SubmissionStep {
    self.total = total
    // Each PATCH after a look is a request of its own: its values may be others.
    if ownAttempt > 0 { (earlierAttempts, ownEpoch, neverLeft) = (attempts, ownEpoch + 1, 0) }
    (ownAttempt, hasReached, hasIntent) = (1, false, true)
    phase = .writing
    return SubmissionStep(.send(Sending(form: .change, epoch: ownEpoch, attempt: ownAttempt)))
  }

  /// The API has put it off: the very same again.
  private mutating func same() -> SubmissionStep {
    ownAttempt += 1
    phase = .writing
    return SubmissionStep(.send(Sending(form: .change, epoch: ownEpoch, attempt: ownAttempt)))
  }

  private mutating func written(_ answer: Answer, _ context: SubmissionContext) -> SubmissionStep {
    hasReached = true
    switch answer.judgement {
    case .found(let object): return hasNow(object)
    case .notFound: return refused("the API doesn't know this \(credit.party.key.kind.rawValue) any more", context)
    case .refused(let problem), .conflict(let problem):
      return refused(problem.description, field: problem.field, context)
    case .throttled:
      phase = .throttled
      return SubmissionStep(.wait(milliseconds: tries.throttled(answer.retryAfter, context)))
    case .unauthorised(let problem): return stop(problem)
    case .transient(let problem):
      return lost(problem?.description ?? "the API can't answer now", answer.retryAfter, context)
    case .unreadable(let reason): return lost(reason.description, nil, context)
    case .accepted: return lost("the answer is not one to a change", nil, context)
    }
  }

  private mutating func writeFailed(_ failure: TransferFailure, _ context: SubmissionContext) -> SubmissionStep {
    guard failure.mayHaveReachedServer else {
      neverLeft += 1
      return failure.isTooLate ? look(.before) : again(.before, failure.description, nil, context)
    }
    hasReached = true
    return lost(failure.description, nil, context)
  }

  private mutating func lost(
    _ reason: String, _ retryAfter: Int64?, _ context: SubmissionContext
  ) -> SubmissionStep {
    lateChange = SendDoubt(since: context.now, sinceByServer: context.serverNow)
    aim.lost()
    return again(.before, reason, retryAfter, context)
  }
}
