/// What the sandbox has seen and done, in numbers.
struct Counters: Sendable {
  /// Requests under /billing/, whatever became of them.
  private(set) var total = 0
  /// By `Call.name`; `other` for those that are none.
  private(set) var requests: [String: Int] = [:]
  /// By status that left; `0` for those that were dropped.
  private(set) var answers: [UInt16: Int] = [:]
  /// Stored answers given again.
  private(set) var replays = 0
  /// 429 because of the limit; those by fault are not among them.
  private(set) var throttled = 0
  /// 401.
  private(set) var unauthorised = 0
  /// Faults that struck.
  private(set) var faults: [Fault: Int] = [:]

  /// Requests that were answered or dropped.
  var answered: Int { answers.values.reduce(0, +) }

  mutating func countRequest(_ call: Call?) {
    total += 1
    requests[call?.name ?? "other", default: 0] += 1
  }

  mutating func countAnswer(_ status: UInt16) { answers[status, default: 0] += 1 }
  mutating func countReplay() { replays += 1 }
  mutating func countThrottled() { throttled += 1 }
  mutating func countUnauthorised() { unauthorised += 1 }
  mutating func count(_ fault: Fault) { faults[fault, default: 0] += 1 }
}
