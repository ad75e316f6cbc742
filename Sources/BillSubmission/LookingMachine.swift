import MomentAPI

/// A machine that asks the API for objects, one question after the other, before and between what it sends.
protocol LookingMachine: RowMachine {
  /// What a GET is to find out.
  associatedtype Look

  var tries: Tries { get set }

  /// The same question waits for its time.
  mutating func pause(before question: Look)
  /// No row can go.
  mutating func stop(_ problem: Problem) -> SubmissionStep
  /// Ends without an answer.
  mutating func giveUp(_ reason: String) -> SubmissionStep
  /// Counts a failure: the question again after a pause, or the end.
  mutating func again(
    _ question: Look, _ reason: String, _ retryAfter: Int64?, _ context: SubmissionContext
  ) -> SubmissionStep
}

extension LookingMachine {
  /// What follows an answer to a GET that neither shows the object that was asked for nor says that there is none.
  mutating func unanswered(_ question: Look, _ answer: Answer, _ context: SubmissionContext) -> SubmissionStep {
    switch answer.judgement {
    case .throttled:
      pause(before: question)
      return SubmissionStep(.wait(milliseconds: tries.throttled(answer.retryAfter, context)))
    case .unauthorised(let problem): return stop(problem)
    case .transient(let problem):
      return again(question, problem?.description ?? "the API can't answer now", answer.retryAfter, context)
    case .unreadable(let reason): return again(question, reason.description, nil, context)
    case .refused(let problem), .conflict(let problem): return again(question, problem.description, nil, context)
    case .found: return again(question, "the answer is about another kind of object", nil, context)
    case .accepted, .notFound: return again(question, "the answer is not one to a question", nil, context)
    }
  }

  mutating func again(
    _ question: Look, _ reason: String, _ retryAfter: Int64?, _ context: SubmissionContext
  ) -> SubmissionStep {
    guard let pause = tries.failed(retryAfter, context) else { return giveUp(reason) }
    self.pause(before: question)
    return SubmissionStep(.wait(milliseconds: pause))
  }
}
