import BillModel
import BillSubmission
import MomentAPI
import SubmitPass
import Transport

/// Reads rows back from the API, as many at a time as may be in flight, and tells what each has come to.
final class ReadBack {
  /// A question under way.
  private struct Asked {
    var row: VerifiedRow
    var question: VerifiedRow.Question
    var request: APIRequest
    /// From 1.
    var tries: Int
  }

  private let connection: SubmitConnection
  private let builder: RequestBuilder
  private let options: SubmitOptions
  private let budget: DayBudget
  private let interrupts: () -> Int
  /// What the ledger knows of the sum that a row adds to, with what is shown of it.
  private let recall: (VerifiedRow, RemoteObject) throws(RunFault) -> SumHistory
  private var pending: [UInt64: Asked] = [:]
  private var pausing: [Int: Asked] = [:]
  private var due = DueQueue()
  private let clock = SubmitClock()
  private(set) var requests = 0
  private(set) var stop: SubmitStop?
  /// The record of the last row that was taken, from 1.
  private var last = 0
  /// That of the first row that was left when it stopped, and isn't under way.
  private var unread: Int?

  /// The first row, from 1, that was not read since it stopped; `nil` where it didn't. Those after it may have been read.
  var goesOn: Int? {
    guard stop != nil else { return nil }
    let open = pending.values.map(\.row.record) + pausing.keys + [unread].compactMap { $0 }
    return open.min() ?? last + 1
  }

  init(
    _ connection: SubmitConnection, environment: EnvironmentStamp, options: SubmitOptions, budget: DayBudget,
    interrupts: @escaping () -> Int,
    recall: @escaping (VerifiedRow, RemoteObject) throws(RunFault) -> SumHistory
  ) {
    self.recall = recall
    self.connection = connection
    builder = RequestBuilder(environment: environment)
    self.options = options
    self.budget = budget
    self.interrupts = interrupts
  }

  /// Reads until `next` gives no more rows. `ended` gets each row with its verdict, or with why it couldn't be read.
  func run(
    next: () throws(RunFault) -> VerifiedRow?, ended: (VerifiedRow, Result<VerifiedRow.Verdict, Trouble>) -> Void
  ) throws(RunFault) {
    // What waits in the client goes out when it is its turn, on whatever day: where days are counted, little waits.
    let most = options.inFlight + (budget.isSet ? 0 : options.lookAhead)
    // What waits there when it stops is not to go.
    defer { if stop != nil { connection.shutdown(cancelling: true) } }
    var isOver = false
    while stop == nil || isDraining {
      while !isOver, stop == nil, pending.count + pausing.count < most {
        guard let row = try next() else {
          isOver = true
          break
        }
        last = row.record
        try follow(row.first, row, ended)
      }
      if stop == nil { try resumeDue() }
      if isOver, pending.isEmpty, pausing.isEmpty { return }
      let completions = connection.wire.completions(.milliseconds(pending.isEmpty ? 20 : 200))
      budget.tend(inClient: pending.count)
      if stop == nil { stop = try budget.stop() }
      for completion in completions { try take(completion, ended) }
      if interrupts() > 0 { stop = .interrupted }
    }
  }

  /// Whether answers are waited for though no more is asked: what was sent counts in its day.
  private var isDraining: Bool { if case .dayIsSpent = stop { !pending.isEmpty } else { false } }

  /// Why a row couldn't be read.
  struct Trouble: Error { let words: String }

  private func follow(
    _ step: VerifiedRow.Step, _ row: VerifiedRow,
    _ ended: (VerifiedRow, Result<VerifiedRow.Verdict, Trouble>) -> Void
  ) throws(RunFault) {
    switch step {
    case .end(let verdict): ended(row, .success(verdict))
    case .ask(let question):
      let asked: Asked
      do throws(RequestError) {
        let request =
          switch question {
          case .bill(let reference): try builder.getBill(reference: reference)
          case .party(let key): try builder.getParty(key)
          }
        asked = Asked(row: row, question: question, request: request, tries: 1)
      } catch { throw .request(error) }
      try send(asked)
    }
  }

  private func send(_ asked: Asked) throws(RunFault) {
    guard budget.affordsRequest(inClient: pending.count) else {
      return leave(asked, for: try budget.stop())
    }
    let id = connection.nextID()
    pending[id] = asked
    requests += 1
    connection.wire.submit([
      HTTPRequest(
        id: id, method: asked.request.method, path: asked.request.path, headers: asked.request.headers, body: [])
    ])
  }

  /// Stops at a row that isn't read for that: whoever goes on begins with it, or one before it.
  private func leave(_ asked: Asked, for reason: SubmitStop?) {
    stop = reason
    unread = min(asked.row.record, unread ?? .max)
  }

  private func resumeDue() throws(RunFault) {
    let now = Moment(clock).monotonic
    while let record = due.pop(by: now) {
      if let asked = pausing.removeValue(forKey: record) { try send(asked) }
    }
  }

  private func take(
    _ completion: Completion, _ ended: (VerifiedRow, Result<VerifiedRow.Verdict, Trouble>) -> Void
  ) throws(RunFault) {
    guard var asked = pending.removeValue(forKey: completion.id) else { return }
    switch completion.result {
    case .failure(let failure): again(asked, failure.description, nil, ended)
    case .success(let response):
      let answer = Answer(
        to: asked.request, status: response.status, header: { response.headers[$0] }, body: response.body,
        receivedAt: .now)
      switch answer.judgement {
      case .found(let object):
        let history = try recall(asked.row, object)
        try follow(asked.row.take(object, to: asked.question, history), asked.row, ended)
      case .notFound: try follow(asked.row.take(nil, to: asked.question), asked.row, ended)
      case .unauthorised(let problem): leave(asked, for: .unauthorised(problem))
      case .throttled(let problem):
        if let pause = answer.retryAfter, !options.policy.sitsOut(pause) {
          return leave(asked, for: .pausedTooLong(pause))
        }
        asked.tries -= 1
        again(asked, problem?.description ?? "too many requests", answer.retryAfter, ended)
      case .transient(let problem):
        again(asked, problem?.description ?? "the API can't answer now", answer.retryAfter, ended)
      case .refused(let problem), .conflict(let problem): again(asked, problem.description, nil, ended)
      case .unreadable(let reason): again(asked, reason.description, nil, ended)
      case .accepted: again(asked, "the answer is not one to a question", nil, ended)
      }
    }
  }

  private func again(
    _ asked: Asked, _ reason: String, _ retryAfter: Int64?,
    _ ended: (VerifiedRow, Result<VerifiedRow.Verdict, Trouble>) -> Void
  ) {
    var asked = asked
    guard asked.tries < options.policy.tries, options.policy.sitsOut(retryAfter) else {
      return ended(asked.row, .failure(Trouble(words: reason)))
    }
    asked.tries += 1
    let ours = options.policy.pause(before: max(1, asked.tries - 1), jitter: Double.random(in: 0..<1))
    pausing[asked.row.record] = asked
    due.push(asked.row.record, due: Moment(clock).monotonic(after: max(ours, retryAfter ?? 0)))
  }
}
