package import BillModel
import MomentAPI
import Transport

/// Decides, for a row about a customer or an account, what is sent and asked so that it comes to have the row's values.
///
/// A party that is there is changed with a PATCH; one that isn't is made with a POST that gives the values. A PATCH has
/// no key, and needs none: its values are absolute, so that one whose fate is unknown is repeated until an answer is
/// definite. But what was lost may land late. So a row with such a PATCH ends only after the party was read again at the
/// end of the file (rule 16). A balance is always sent: what was sent last proves nothing (rule 17). Its files:
///
/// - `+Writing`: what an answer to the PATCH or POST means
/// - `+Looking`: what an answer to a GET means
/// - `+Endings`: what a row ends with, and pauses
package struct PartyMachine: KeyedMachine, Hashable {
  /// What a GET is to find out.
  enum Look: Hashable {
    /// The party's metadata, before the PATCH that is to keep it.
    case before
    /// Whether the customer of an account that is to be made is there.
    case owner(Trouble)
    /// Whether a party that couldn't be made is there.
    case object(Trouble)
    /// Whether one that couldn't be changed has the row's values, since a request of ours may have made it with them.
    case made(Problem)
    /// What it has at the end of the file.
    case last
    /// What it has, where nothing may be sent.
    case only
  }

  /// Why it is asked whether something is there that was to be made.
  enum Trouble: Hashable {
    /// It wasn't tried yet.
    case beforehand
    /// A 409; `replayed`: from the store.
    case conflict(replayed: Bool)
    /// A 422, which is how some API might say the same; or any definite no behind a request that may have made it.
    case refusal(Problem)
    /// A 5xx, or what can't be read, from the store.
    case replayedFailure
  }

  /// What a pause ends with.
  enum Resumption: Hashable {
    /// The same request again.
    case same
    /// The next epoch's.
    case next
    case look(Look)
  }

  /// Where the row stands between two events.
  enum Phase: Hashable {
    case ready, writing, ended
    case looking(Look)
    case pausing(Resumption)
  }

  package let record: Int
  package let values: PartyValues
  package let origin: SubmissionOrigin
  /// Asks, and never sends: for a row whose intent is unresolved.
  private let looksOnly: Bool
  /// Whether the customer that a new account would nest is looked up before its first request.
  private let looksFirst: Bool
  /// Makes the party, and leaves one that turns out to be there to whoever asked for it.
  private let makesOnly: Bool
  /// It is there, where it is only to be made: nothing more is done, under the epoch that would be next.
  private(set) var isThere = false

  var phase = Phase.ready
  package internal(set) var form: BodyForm
  package internal(set) var epoch: Int
  package internal(set) var attempt = 0
  /// A PATCH of the row may have been carried out, or may still be.
  var lateChange: SendDoubt?
  /// The same of a POST of an earlier epoch, under which the party didn't come to be so far.
  var lateMaking: SendDoubt?
  /// Requests sent under earlier epochs, as far as they are known.
  var earlierAttempts: Int
  /// Attempts of this epoch of which no byte left.
  var neverLeft = 0
  /// When this epoch's first request was sent; rule 4 counts from here.
  var firstSentAt: WallTime?
  /// A request of this epoch reached the API, or may have.
  var hasReached = false
  /// One of them may have been carried out without our knowing.
  var mayHaveLanded = false
  /// The same of earlier epochs.
  var mayHaveLandedEarlier = false
  /// Whether the ledger has an intent of the row.
  var hasIntent = false
  /// The API wouldn't make it, and then showed it: a 404 to its change isn't about the party.
  var wasMet = false
  /// What the API has of metadata, where it was asked.
  var theirs: [String: String] = [:]
  /// The customer that an account is to be made under, where it is known.
  var ownerID: String?
  var tries = Tries()

  /// The machine of a row that is to go in `form`, or whose intent says so. `doubt`: a PATCH of the row that may still
  /// land, from before it was planned again. `looksFirst`: a new account looks for its customer before it nests it.
  /// `makesOnly`: for a form that makes it.
  package init(
    record: Int, values: PartyValues, form: BodyForm, origin: SubmissionOrigin, doubt: SendDoubt? = nil,
    looksFirst: Bool = false, looksOnly: Bool = false, makesOnly: Bool = false
  ) {
    self.record = record
    self.makesOnly = makesOnly
    self.values = values
    self.form = form
    self.origin = origin
    lateChange = doubt
    self.looksFirst = looksFirst
    self.looksOnly = looksOnly
    switch origin {
    case .fresh(let epoch, let prior): (self.epoch, earlierAttempts) = (epoch, prior)
    case .settledElsewhere, .claimedElsewhere: (epoch, earlierAttempts) = (1, 0)
    case .resumed(let intent, _):
      (self.form, epoch, attempt, earlierAttempts) = (intent.form, intent.epoch, intent.attempts, intent.epoch - 1)
      (firstSentAt, hasReached, mayHaveLanded, hasIntent) = (intent.firstSentAt, true, true, true)
      lateChange = intent.doubt ?? (intent.form == .change ? SendDoubt(since: intent.firstSentAt) : nil)
    }
    if case .accountUnder(let id) = self.form { ownerID = id }
  }

  package var operation: BillOperation { .set(values) }

  /// A PATCH of metadata names the API's own pairs too: whether it merges or replaces is not documented, and so comes
  /// to the same.
  package var sent: BillOperation {
    guard form == .change, !values.metadata.isEmpty else { return operation }
    var whole = values
    for key in theirs.keys.sorted() where values.metadata[key] == nil {
      whole.metadata.append(key: key, value: theirs[key] ?? "")
    }
    return .set(whole)
  }

  package var attempts: Int { earlierAttempts + attempt - neverLeft }

  package var withdrawal: RowWithdrawal? {
    switch phase {
    case .pausing where attempt > 0 && hadNoEffect, .looking(.before) where attempt > 0 && hadNoEffect:
      withdrawal(to: hasReached ? epoch + 1 : epoch)
    case .ready, .writing, .looking, .pausing, .ended: nil
    }
  }

  package var doubt: SendDoubt? { lateMaking ?? lateChange }

  /// Whether a request may have made it.
  var mayHaveMade: Bool { mayHaveLanded || mayHaveLandedEarlier }

  /// Whether no request of the row can have been carried out.
  var hadNoEffect: Bool { !mayHaveLanded && !mayHaveLandedEarlier && doubt == nil }

  package mutating func handle(_ event: SubmissionEvent, _ context: SubmissionContext) -> SubmissionStep {
    switch (phase, event) {
    case (.ready, .begin): begin(context)
    case (.pausing(let resumption), .due): resume(resumption, context)
    case (.writing, .answer(let answer)): written(answer, context)
    case (.writing, .failure(let failure)): writeFailed(failure, context)
    case (.looking(let look), .answer(let answer)): looked(look, answer, context)
    case (.looking(let look), .failure(let failure)): again(.look(look), failure.description, nil, context)
    case (.ready, .due), (.ready, .answer), (.ready, .failure), (.writing, .begin), (.writing, .due),
      (.looking, .begin), (.looking, .due), (.pausing, .begin), (.pausing, .answer), (.pausing, .failure),
      (.ended, .begin), (.ended, .due), (.ended, .answer), (.ended, .failure):
      SubmissionStep(.none)
    }
  }

  private mutating func begin(_ context: SubmissionContext) -> SubmissionStep {
    switch origin {
    case .fresh where form == .change: change(epoch, context)
    case .fresh where looksFirst && ownerID == nil && values.owner != nil: look(.owner(.beforehand))
    case .fresh: open(epoch, context)
    case .resumed where looksOnly: look(.only)
    case .resumed(let intent, _) where intent.isAnswered: look(.last)
    case .resumed where form == .change: values.metadata.isEmpty ? same(context) : look(.before)
    case .resumed(_, bodyIsSame: true): same(context)
    case .resumed(_, bodyIsSame: false): change(epoch + 1, context)
    case .settledElsewhere, .claimedElsewhere: leave()
    }
  }

  private mutating func resume(_ resumption: Resumption, _ context: SubmissionContext) -> SubmissionStep {
    switch resumption {
    case .same: same(context)
    case .next: open(epoch + 1, context)
    case .look(let question): look(question)
    }
  }

  /// Changes the party, whatever was tried before.
  mutating func change(_ next: Int, _ context: SubmissionContext) -> SubmissionStep {
    if makesOnly {
      if next != epoch { startEpoch(next) }
      (isThere, phase) = (true, .ended)
      return SubmissionStep(.none)
    }
    form = .change
    guard values.metadata.isEmpty else {
      if next != epoch { startEpoch(next) }
      return look(.before)
    }
    return open(next, context)
  }

  /// Sends under a new epoch.
  mutating func open(_ next: Int, _ context: SubmissionContext) -> SubmissionStep {
    if next != epoch { startEpoch(next) }
    (attempt, firstSentAt, hasIntent) = (1, context.now, true)
    phase = .writing
    return SubmissionStep(.send(Sending(form: form, epoch: epoch, attempt: attempt)))
  }

  private mutating func startEpoch(_ next: Int) {
    (earlierAttempts, mayHaveLandedEarlier) = (attempts, mayHaveLandedEarlier || mayHaveLanded)
    (epoch, attempt, neverLeft, firstSentAt) = (next, 0, 0, nil)
    (hasReached, mayHaveLanded) = (false, false)
  }

  /// Sends the very same again. A PATCH may be repeated at any time; a POST only as long as its key means the same
  /// (rule 4), and after that what may be there is changed.
  mutating func same(_ context: SubmissionContext) -> SubmissionStep {
    guard attempt > 0 else { return open(epoch, context) }
    guard form == .change || windowIsOpen(context) else { return change(epoch + 1, context) }
    attempt += 1
    phase = .writing
    return SubmissionStep(.send(Sending(form: form, epoch: epoch, attempt: attempt)))
  }

  package func keyEnds(_ policy: RetryPolicy) -> WallTime? { form == .change ? nil : windowEnd(policy) }

  /// A PATCH of metadata has what a look has shown.
  package var restsOnLook: Bool { form == .change && !values.metadata.isEmpty }

  /// What repeats a request that was lost, or never left. What a 429 put off goes as it was, while its look is young.
  var repetition: Resumption { restsOnLook ? .look(.before) : .same }

  mutating func look(_ question: Look) -> SubmissionStep {
    phase = .looking(question)
    switch question {
    case .before, .object, .made, .last, .only: return SubmissionStep(.getParty(values.key))
    case .owner: return SubmissionStep(.getParty(PartyKey(.customer, values.owner?.reference ?? "")))
    }
  }
}
