import BillLedger
package import BillPlanning
package import BillSubmission

/// How a file run is submitted.
package struct SubmitOptions: Hashable, Sendable {
  /// Requests under way at once; the same number as the client's.
  package var inFlight: Int
  /// Rows whose intents are committed before the wire is ready for them, so that a commit never starves it: at least so
  /// many, and more where a commit takes in many answers: up to half of all that may be under way, and where commits are
  /// slow up to `mostAhead`, all of it. A row is looked at again when it is answered: the fewer are under way, the more of
  /// them the processor's cache still has.
  package var lookAhead: Int
  package var mostAhead: Int
  /// The same of rows that an earlier run has begun, whose keys may have an hour left (rule 4): at half a request a second,
  /// and after the longest pause, all of them leave within it.
  package let mostBegunAhead: Int
  /// Rows under way or pausing at once.
  package var maximumActive: Int
  package var waiting: WaitingBounds
  package var policy: RetryPolicy
  /// How long the API may give no useful answer before the run stops, in seconds: at the beginning, and later.
  package var firstSignSeconds: Double
  package var signSeconds: Double
  /// How long after a look's answer what rests on it may leave, in seconds; see `LookAge`.
  package var lookSeconds: Double
  /// How long what is in flight is given when a run is told to end, in seconds.
  package var drainSeconds: Double
  /// The longest pause that is sat out, in seconds: a 429 with a longer `Retry-After` stops the run, and a failure with one
  /// ends its row. As the policy has it.
  package var longestPauseSeconds: Double {
    get { Double(policy.longestRetryAfter) / 1000 }
    set { policy.longestRetryAfter = Int64(newValue * 1000) }
  }
  /// Sends the refused rows of a finished file again (rule 23).
  package var retriesRefused: Bool
  /// How many rows of a file the API may refuse before the file stops; `nil`: see `FailureBudget`.
  package var mostRefused: Int?
  package var times: TimeLimits
  package var scope: SubmitScope
  /// How long the API may answer nothing but 429 before the run stops, in seconds; longer than the longest pause.
  package var throttledSeconds: Double
  package var parties: PartyMode
  /// Compares each described party with the API once a file run, and changes what differs. Parties that nobody knows
  /// are then looked up first.
  package var updatesParties: Bool
  /// Doesn't send what the ledger knows to be as it was sent last of a customer or account; a balance always is.
  package var skipsUnchanged = false
  /// Adds to what the API shows of a balance or a bill's payments, whatever mark it has.
  package var addsToOtherMarks = false
  /// In the scope `plan`: asks the API also about what the ledger knows.
  package var asksAll = false
  /// What a plan foresees of the file's rows: the run does that, and stops where it can't.
  package var plan: PlannedRows?

  package init(
    inFlight: Int = 32, lookAhead: Int? = nil, waiting: WaitingBounds = WaitingBounds(),
    policy: RetryPolicy = RetryPolicy(), retriesRefused: Bool = false, mostRefused: Int? = nil,
    times: TimeLimits = TimeLimits(), scope: SubmitScope = .all, parties: PartyMode = .auto,
    updatesParties: Bool = false
  ) {
    self.inFlight = inFlight
    self.lookAhead = lookAhead ?? max(inFlight, 64)
    let maximumActive = max(2048, 4 * inFlight)
    self.maximumActive = maximumActive
    mostAhead = lookAhead ?? maximumActive - inFlight
    mostBegunAhead = lookAhead ?? max(inFlight, 256)
    self.waiting = waiting
    self.policy = policy
    firstSignSeconds = 15
    signSeconds = 60
    lookSeconds = 30
    drainSeconds = 30
    self.retriesRefused = retriesRefused
    self.mostRefused = mostRefused
    self.times = times
    self.scope = scope
    throttledSeconds = 3_600
    self.parties = parties
    self.updatesParties = updatesParties
  }

  /// How many rows are committed ahead of the wire after a commit that took in so many answers.
  func lookAhead(after answers: Int) -> Int {
    let most = min(max(maximumActive / 2, 2 * answers), mostAhead)
    return min(max(lookAhead, 4 * answers), max(lookAhead, most))
  }
}
