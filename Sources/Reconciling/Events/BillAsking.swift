import BillModel
import BillSubmission
import FileRuns
import MomentAPI
import PaymentEvents
import SubmitPass
import Transport

/// Asks the API about bills, many at once: reads, and changes nothing.
struct BillAsking {
  /// A question that is to be put.
  private struct Question {
    let bill: Int
    var attempt = 1
    var notBefore = ContinuousClock.now
  }

  let connection: SubmitConnection
  let builder: RequestBuilder
  let policy: RetryPolicy
  let mostUnderWay: Int
  let interrupts: () -> Int

  /// What the API says of each of the bills, by their places in the world. Throws where it refuses the key, or where we
  /// are told to end.
  func ask(_ bills: [Int], of world: KnownWorld) throws(RunFault) -> [Int: APIBill] {
    var answers: [Int: APIBill] = [:]
    var waiting = bills.map { Question(bill: $0) }[...]
    var later: [Question] = []
    var underWay: [UInt64: (question: Question, request: APIRequest)] = [:]
    while answers.count < bills.count {
      guard interrupts() == 0 else { throw .interrupted }
      let now = ContinuousClock.now
      waiting += later.filter { $0.notBefore <= now }
      later.removeAll { $0.notBefore <= now }
      while underWay.count < mostUnderWay, let question = waiting.popFirst() {
        do throws(RequestError) {
          let request = try request(for: world.bills[question.bill])
          underWay[send(request)] = (question, request)
        } catch {
          answers[question.bill] = .failed("\(error)")
        }
      }
      for completion in connection.wire.completions(.milliseconds(100)) {
        guard let (question, request) = underWay.removeValue(forKey: completion.id) else { continue }
        switch try verdict(completion.result, request) {
        case .answer(let answer): answers[question.bill] = answer
        case .again(let pause, let trouble):
          guard question.attempt < policy.tries, policy.sitsOut(pause) else {
            answers[question.bill] = .failed(trouble)
            continue
          }
          let usual = policy.pause(before: question.attempt, jitter: Double.random(in: 0..<1))
          later.append(
            Question(
              bill: question.bill, attempt: question.attempt + 1, notBefore: .now + .milliseconds(pause ?? usual)))
        }
      }
    }
    return answers
  }

  private func request(for bill: KnownBill) throws(RequestError) -> APIRequest {
    if let id = bill.id { return try builder.getBill(id: id) }
    return try builder.getBill(reference: bill.reference)
  }

  private func send(_ request: APIRequest) -> UInt64 {
    let id = connection.nextID()
    connection.wire.submit([
      HTTPRequest(id: id, method: request.method, path: request.path, headers: request.headers, body: request.body)
    ])
    return id
  }

  private enum Verdict {
    case answer(APIBill)
    /// After so many milliseconds, where the API said so.
    case again(Int64?, String)
  }

  private func verdict(
    _ result: Result<HTTPResponse, TransferFailure>, _ request: APIRequest
  ) throws(RunFault) -> Verdict {
    switch result {
    case .failure(let failure): return .again(nil, failure.description)
    case .success(let response):
      let answer = Answer(
        to: request, status: response.status, header: { response.headers[$0] }, body: response.body, receivedAt: .now)
      switch answer.judgement {
      case .found(.bill(let bill)):
        guard let paid = bill.amountPaid, (0...PaymentEvent.mostAmount).contains(paid) else {
          return .answer(.failed("the answer has no amount_paid that can be one"))
        }
        return .answer(.found(paid: paid, due: bill.amountDue, isVoided: bill.status == .voided))
      case .found, .accepted: return .answer(.failed("the answer is about another kind of object"))
      case .notFound: return .answer(.absent)
      case .unauthorised(let problem): throw .refusedKey(problem.description)
      case .throttled(let problem): return .again(answer.retryAfter, problem?.description ?? "too many requests")
      case .transient(let problem): return .again(answer.retryAfter, problem?.description ?? "the API can't answer now")
      case .refused(let problem), .conflict(let problem): return .answer(.failed(problem.description))
      case .unreadable(let reason): return .again(nil, reason.description)
      }
    }
  }
}
