package import BillModel
import MomentAPI
import Transport

/// Decides, for one party, how its attributes at the API come to be those of its first row in a file, once a file run.
///
/// Pure: an event and the time go in, an effect comes out. It looks, compares, and PATCHes what differs. A PATCH has no
/// key; its values are absolute, so that repeating it is safe (rule 16): one whose fate is unknown is repeated until an
/// answer is definite, and then the party is read again at the end of the file, since what was lost may land late. One of
/// metadata also says what others have there: it is repeated only after another look.
/// Whoever drives it commits that it began before its row goes out, a `change` before that goes out, and the end.
package struct PartyUpdate: Hashable, Sendable {
  /// Where it stands between two events.
  enum Phase: Hashable {
    case ready, looking, ended
    case changing(PartyChange)
    /// Until the file's other rows are through.
    case held(fields: [String])
    case pausing(Resumption)
  }

  /// What a pause ends with.
  enum Resumption: Hashable {
    case look
    case change(PartyChange)
  }

  /// The row whose description it is, from 1.
  package let record: Int
  package let description: PartyDescription
  private(set) var phase = Phase.ready
  /// What a change that may have been carried out was to change.
  private var doubtful: [String]?
  /// A change was lost in this run: whatever a look shows, it is read again at the end of the file.
  private var wasLost = false
  /// The file's rows are through: what is read now stands.
  private var isLast = false
  private var failures = 0
  private var throttles = 0

  /// The update of a party by a row. `doubtful`: what an earlier process's change was to change, whose fate it never
  /// learned.
  package init(record: Int, description: PartyDescription, doubtful: [String]? = nil) {
    self.record = record
    self.description = description
    self.doubtful = doubtful
  }

  /// What a change under way, whose fate may stay unknown, is to change; empty while nothing was to be changed.
  package var openFields: [String] { doubtful ?? [] }

  /// Takes in an event and says what follows.
  package mutating func handle(_ event: PartyUpdateEvent, _ context: SubmissionContext) -> PartyUpdateEffect {
    switch (phase, event) {
    case (.ready, .begin): look()
    case (.ready, .seen(let object)), (.looking, .seen(let object)): compare(object, context)
    case (.looking, .answer(let answer)): looked(answer, context)
    case (.looking, .failure(let failure)): again(.look, failure.description, nil, context)
    case (.changing(let change), .answer(let answer)): changed(change, answer, context)
    // What it has seen is too old by now.
    case (.changing, .failure(let failure)) where failure.isTooLate: look()
    case (.changing(let change), .failure(let failure)):
      lost(change, failure.description, nil, mayHaveLanded: failure.mayHaveReachedServer, context)
    case (.pausing(.look), .due): look()
    case (.pausing(.change(let change)), .due): send(change)
    case (.held, .fileIsOver): lastLook()
    case (.ready, _), (.looking, _), (.changing, _), (.pausing, _), (.held, _), (.ended, _): .none
    }
  }

  private mutating func look() -> PartyUpdateEffect {
    phase = .looking
    return .look
  }

  private mutating func lastLook() -> PartyUpdateEffect {
    isLast = true
    return look()
  }

  private mutating func looked(_ answer: Answer, _ context: SubmissionContext) -> PartyUpdateEffect {
    switch answer.judgement {
    case .found(let object): compare(object, context)
    case .notFound: doubtful.map { end(.refused, $0, "the API doesn't know it any more") } ?? end()
    case .throttled: throttled(.look, answer.retryAfter, context)
    case .unauthorised(let problem): .stopRun(problem)
    case .transient(let problem):
      again(.look, problem?.description ?? "the API can't answer now", answer.retryAfter, context)
    case .unreadable(let reason): again(.look, reason.description, nil, context)
    case .refused(let problem), .conflict(let problem): again(.look, problem.description, nil, context)
    case .accepted: again(.look, "the answer is not one to a question", nil, context)
    }
  }

  private mutating func compare(_ object: RemoteObject, _ context: SubmissionContext) -> PartyUpdateEffect {
    guard let change = PartyChange(of: object, to: description) else {
      return again(.look, "the answer is about another kind of object", nil, context)
    }
    if change.fields.isEmpty {
      guard let doubtful else { return end() }
      return wasLost && !isLast ? definite(.changed, doubtful) : end(.changed, doubtful)
    }
    if isLast { return end(.refused, change.fields, "it was changed, and has other values again") }
    return send(change)
  }

  private mutating func send(_ change: PartyChange) -> PartyUpdateEffect {
    phase = .changing(change)
    return .change(change, difference(.changing, doubtful ?? change.fields))
  }

  private mutating func changed(
    _ change: PartyChange, _ answer: Answer, _ context: SubmissionContext
  ) -> PartyUpdateEffect {
    switch answer.judgement {
    case .found(let object):
      let left = PartyChange(of: object, to: description)?.fields ?? change.fields
      return left.isEmpty
        ? definite(.changed, change.fields)
        : definite(.refused, left, "the API took the change, and shows other values in \(left.joined(separator: ", "))")
    case .refused(let problem), .conflict(let problem):
      return definite(.refused, change.fields, problem.description)
    case .notFound: return definite(.refused, change.fields, "the API doesn't know it any more")
    case .throttled: return throttled(.change(change), answer.retryAfter, context)
    case .unauthorised(let problem): return .stopRun(problem)
    case .transient(let problem):
      let reason = problem?.description ?? "the API can't answer now"
      return lost(change, reason, answer.retryAfter, mayHaveLanded: true, context)
    case .unreadable(let reason): return lost(change, reason.description, nil, mayHaveLanded: true, context)
    case .accepted: return lost(change, "the answer is not one to a change", nil, mayHaveLanded: true, context)
    }
  }

  /// An answer that settles this request. One before it may still land.
  private mutating func definite(
    _ state: PartyDifference.State, _ fields: [String], _ message: String? = nil
  ) -> PartyUpdateEffect {
    guard let doubtful else { return end(state, fields, message) }
    phase = .held(fields: doubtful)
    return .hold
  }

  private mutating func lost(
    _ change: PartyChange, _ reason: String, _ retryAfter: Int64?, mayHaveLanded: Bool, _ context: SubmissionContext
  ) -> PartyUpdateEffect {
    if mayHaveLanded { (doubtful, wasLost) = (doubtful ?? change.fields, true) }
    return again(change.keepsTheirs ? .look : .change(change), reason, retryAfter, context)
  }

  private mutating func again(
    _ resumption: Resumption, _ reason: String, _ retryAfter: Int64?, _ context: SubmissionContext
  ) -> PartyUpdateEffect {
    failures += 1
    guard failures < context.policy.tries, context.policy.sitsOut(retryAfter) else {
      phase = .ended
      return .giveUp(reason)
    }
    let ours = context.policy.pause(before: failures, jitter: context.jitter)
    return pause(resumption, max(ours, retryAfter ?? 0))
  }

  private mutating func throttled(
    _ resumption: Resumption, _ retryAfter: Int64?, _ context: SubmissionContext
  ) -> PartyUpdateEffect {
    throttles += 1
    return pause(resumption, retryAfter ?? context.policy.pause(before: throttles, jitter: context.jitter))
  }

  private mutating func pause(_ resumption: Resumption, _ milliseconds: Int64) -> PartyUpdateEffect {
    phase = .pausing(resumption)
    return .wait(milliseconds: milliseconds)
  }

  private mutating func end() -> PartyUpdateEffect {
    phase = .ended
    return .end(nil)
  }

  private mutating func end(
    _ state: PartyDifference.State, _ fields: [String], _ message: String? = nil
  ) -> PartyUpdateEffect {
    phase = .ended
    return .end(difference(state, fields, message))
  }

  private func difference(
    _ state: PartyDifference.State, _ fields: [String], _ message: String? = nil
  ) -> PartyDifference {
    PartyDifference(record: record, party: description.key, fields: fields, state: state, message: message)
  }
}
