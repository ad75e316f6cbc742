package import BillModel
import MomentAPI
import Transport

/// Decides, for a row that raises a bill, what is sent, asked and concluded, so that its bill exists exactly once.
///
/// Pure: an event and the time go in, an effect comes out, and nothing else is read or written. Each event is answered
/// in each phase, with no default branch. Its files:
///
/// - `+Posting`: what an answer to the POST means (rules 5 to 9, 11)
/// - `+Asking`: what an answer to a GET means (rules 9 to 11, 14)
/// - `+Adopting`: after a 409 with no bill, the parties that are there (rule 10)
/// - `+Comparing`: a bill that is there, against the row (rule 12)
/// - `+Endings`: what a row ends with, and pauses
///
/// Whoever drives it commits what an effect needs *before* carrying it out (rule 3), and gives back each answer once.
package struct SubmissionMachine: KeyedMachine, Hashable {
  package let record: Int
  /// One that raises a bill, and nothing besides: the row's own, so that nobody copies it.
  package let operation: BillOperation
  package let origin: SubmissionOrigin
  /// Asks, and never sends: for a row whose intent is unresolved.
  private let looksOnly: Bool

  package internal(set) var phase = SubmissionPhase.ready
  /// How the body names the party, in this epoch.
  package internal(set) var form: BodyForm
  /// From 1.
  package internal(set) var epoch: Int
  /// Attempts begun under this epoch.
  package internal(set) var attempt = 0
  /// Those of them of which no byte left.
  var neverLeft = 0
  /// Requests sent under earlier epochs, as far as they are known.
  var earlierAttempts: Int
  /// When this epoch's first request was sent; rule 4 counts from here.
  var firstSentAt: WallTime?

  /// An earlier request of this epoch reached the API, or may have: rule 6's later attempt.
  var hasReached = false
  /// A request of this epoch may have been carried out without our knowing.
  var mayHaveLanded = false
  /// Such a request went under a key that says no by now: nothing comes of it any more, but it may have made the bill, and
  /// its key have been forgotten before it was used again.
  var mayBeThere = false
  /// A request of an earlier epoch: it may have been carried out, or may still be.
  package internal(set) var doubt: SendDoubt?
  /// The API said 409 in this epoch: something is there, or under way.
  var hasConflicted = false
  package internal(set) var awaitsKey = false

  /// Failures in this run; see `RetryPolicy.tries`.
  var failures = 0
  var throttles = 0
  var conflicts = 0
  /// What is known of the ids of the row's parties.
  var evidence: PartyEvidence
  /// Whether the parties that the row would nest are looked up before its first request.
  private let looksFirst: Bool
  /// Whether a fresh row looks for its bill before anything else.
  private let billLook: BillLook?
  /// That is under way: nothing of the row was sent.
  var isLookingFirst = false

  /// The machine of a row that is planned to go in `form`, or whose intent says so. `looksFirst`: a fresh row looks up
  /// the parties that it would nest, and nests what isn't there. `billLook`: a fresh row looks for its bill before that.
  package init(
    record: Int, bill: Bill, form: BodyForm, origin: SubmissionOrigin, looksFirst: Bool = false,
    looksOnly: Bool = false, billLook: BillLook? = nil
  ) {
    self.init(
      record: record, raising: .raise(bill), form: form, origin: origin, looksFirst: looksFirst, looksOnly: looksOnly,
      billLook: billLook)
  }

  /// As above, of an operation that raises a bill, and nothing besides.
  package init(
    record: Int, raising operation: BillOperation, form: BodyForm, origin: SubmissionOrigin, looksFirst: Bool,
    looksOnly: Bool, billLook: BillLook?
  ) {
    self.looksFirst = looksFirst
    self.billLook = billLook
    self.record = record
    self.looksOnly = looksOnly
    self.operation = operation
    self.origin = origin
    evidence = PartyEvidence(form)
    switch origin {
    case .fresh(let epoch, let prior):
      (self.form, self.epoch, earlierAttempts) = (form, epoch, prior)
    case .settledElsewhere, .claimedElsewhere:
      (self.form, epoch, earlierAttempts) = (form, 1, 0)
    case .resumed(let intent, _):
      (self.form, epoch, attempt, earlierAttempts) = (intent.form, intent.epoch, intent.attempts, intent.epoch - 1)
      firstSentAt = intent.firstSentAt
      (hasReached, mayHaveLanded, doubt) = (true, !intent.isAnswered, intent.doubt)
      evidence = PartyEvidence(intent.form)
    }
  }

  /// The bill that the row raises.
  package var bill: Bill {
    guard case .raise(let bill) = operation else { preconditionFailure("the machine of a row that raises a bill") }
    return bill
  }

  package var sent: BillOperation { operation }

  /// Whether no request of the row can have been carried out without our knowing.
  var hadNoEffect: Bool { !mayHaveLanded && !mayBeThere && doubt == nil }

  /// Requests sent for this row, GETs not counted.
  package var attempts: Int { earlierAttempts + attempt - neverLeft }

  /// Takes in an event and says what follows.
  package mutating func handle(_ event: SubmissionEvent, _ context: SubmissionContext) -> SubmissionStep {
    switch (phase, event) {
    case (.ready, .begin): begin(context)
    case (.pausing(let resumption), .due): resume(resumption, context)
    case (.posting, .answer(let answer)): posted(answer, context)
    case (.posting, .failure(let failure)): postFailed(failure, context)
    case (.asking(let question), .answer(let answer)): answered(question, answer, context)
    case (.asking(let question), .failure(let failure)): askFailed(question, failure.description, nil, context)
    case (.ready, .due), (.ready, .answer), (.ready, .failure),
      (.posting, .begin), (.posting, .due),
      (.asking, .begin), (.asking, .due),
      (.pausing, .begin), (.pausing, .answer), (.pausing, .failure),
      (.ended, .begin), (.ended, .due), (.ended, .answer), (.ended, .failure):
      SubmissionStep(.none)
    }
  }

  /// Taking the row back, where it is certain that nothing of it had any effect; `nil` where that isn't certain, or
  /// where nothing was ever sent. For a run that ends before the row does.
  package var withdrawal: RowWithdrawal? {
    switch phase {
    case .pausing where attempt > 0 && hadNoEffect && !hasConflicted:
      RowWithdrawal(record: record, nextEpoch: hasReached ? epoch + 1 : epoch, attempts: attempts)
    case .asking(.named), .asking(.witness): withdrawalBehindNo
    case .ready, .posting, .asking, .pausing, .ended: nil
    }
  }

  /// Taking the row back instead of sending what was just decided, where an earlier request of it was answered with a
  /// definite no; `nil` where nothing was sent yet, or where a request of it may have landed.
  package var withdrawalInsteadOfSending: RowWithdrawal? {
    guard phase == .posting, attempt == 1, hadNoEffect, attempts > 1 else { return nil }
    return RowWithdrawal(record: record, nextEpoch: epoch, attempts: attempts - 1)
  }

  private mutating func begin(_ context: SubmissionContext) -> SubmissionStep {
    switch origin {
    case .fresh where billLook == .foresight: ask(.bill(.foresight))
    case .fresh where billLook == .planned: ask(.bill(.planned))
    case .fresh where looksFirst: lookFirst(context)
    case .fresh: open(epoch, context)
    case .resumed where looksOnly: ask(.bill(.look))
    case .resumed(let intent, _) where intent.isAnswered: ask(.bill(.refusal(nil)))
    case .resumed(_, bodyIsSame: true): repeatSameKey(context)
    case .resumed(_, bodyIsSame: false): ask(.bill(.otherBody))
    case .settledElsewhere: ask(.bill(.settledElsewhere))
    case .claimedElsewhere: ask(.bill(.claimedElsewhere))
    }
  }

  private mutating func resume(_ resumption: SubmissionPhase.Resumption, _ context: SubmissionContext) -> SubmissionStep
  {
    switch resumption {
    case .sameKey: repeatSameKey(context)
    case .nextEpoch: open(epoch + 1, context)
    case .ask(let question): ask(question)
    }
  }

  /// Sends under a new key. `isAbsent`: the API was just asked, and doesn't have the bill.
  mutating func open(_ next: Int, _ context: SubmissionContext, isAbsent: Bool = false) -> SubmissionStep {
    if isAbsent, doubtIsOver(context) { doubt = nil }
    if mayHaveLanded, !(isAbsent && keyIsLongOver(context)) {
      doubt = SendDoubt(since: context.now, sinceByServer: context.serverNow)
    }
    (hasReached, mayHaveLanded, hasConflicted) = (false, false, false)
    (earlierAttempts, neverLeft) = (attempts, 0)
    (epoch, attempt, firstSentAt) = (next, 1, context.now)
    phase = .posting
    isLookingFirst = false
    return SubmissionStep(.send(Sending(form: form, epoch: epoch, attempt: attempt)))
  }

  /// Sends the very same again, where the key still means the same (rules 4 and 11); else looks first.
  mutating func repeatSameKey(_ context: SubmissionContext) -> SubmissionStep {
    guard windowIsOpen(context) else { return ask(.bill(.windowPassed)) }
    attempt += 1
    phase = .posting
    return SubmissionStep(.send(Sending(form: form, epoch: epoch, attempt: attempt)))
  }

  /// Whether no request under the key of this epoch can be on its way any more: the last one left within the window.
  private func keyIsLongOver(_ context: SubmissionContext) -> Bool {
    guard context.clockIsTrusted, let firstSentAt else { return false }
    return context.now.milliseconds - firstSentAt.milliseconds >= context.policy.window + context.policy.landing
  }

  /// Whether no request of an earlier epoch can be on its way any more, by our clock or by the server's.
  func doubtIsOver(_ context: SubmissionContext) -> Bool {
    doubt.map { $0.isOver(context) } ?? true
  }

  /// Asks, and says so in the phase.
  mutating func ask(_ question: Question) -> SubmissionStep {
    phase = .asking(question)
    switch question {
    case .bill: return SubmissionStep(.getBill)
    case .party(let kind, _, _): return SubmissionStep(.getParty(partyKey(kind)))
    case .account: return SubmissionStep(.getParty(partyKey(.account)))
    case .customer, .owner: return SubmissionStep(.getParty(partyKey(.customer)))
    case .named: return SubmissionStep(.getParty(partyKey(namedParty?.kind ?? .customer)))
    case .witness(let parties, _): return SubmissionStep(.getParty(parties[parties.count - 1]))
    }
  }
}
