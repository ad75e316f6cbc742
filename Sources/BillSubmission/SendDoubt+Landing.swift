import BillModel

extension SendDoubt {
  /// Whether the request can't be on its way any more, by our clock or by the server's.
  func isOver(_ context: SubmissionContext) -> Bool {
    let isOver = { (since: WallTime, now: WallTime) in
      now.milliseconds - since.milliseconds >= context.policy.landing
    }
    if context.clockIsTrusted, isOver(since, context.now) { return true }
    guard let then = sinceByServer, let now = context.serverNow else { return false }
    return isOver(then, now)
  }
}
