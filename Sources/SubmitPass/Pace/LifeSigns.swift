/// Whether the API still gives useful answers: an answer that settles or tells something, be it a no.
///
/// Two things follow from failures without one between them: after some of them nothing new is sent, only what is under
/// way asks again; after some time the run stops.
struct LifeSigns {
  /// When the API was last heard of, and when but for 429s; 0 before.
  private var lastUseful: UInt64 = 0
  private var lastOther: UInt64 = 0
  private var throttles = 0
  private var throttledSince: UInt64 = 0
  private var failures = 0
  private var failingSince: UInt64 = 0
  /// Whether there was a useful answer at all.
  private(set) var hasAnswered = false
  private(set) var lastFailure = ""

  mutating func useful(at now: UInt64) {
    (lastOther, throttles) = (max(lastOther, now), 0)
    heard(at: now)
  }

  /// A 429 to a request that was sent at a moment: the API is there, and wants nothing now.
  mutating func throttled(at now: UInt64, sentAt moment: UInt64) {
    if throttles == 0 { throttledSince = max(lastOther, moment) }
    throttles += 1
    heard(at: now)
  }

  private mutating func heard(at now: UInt64) {
    lastUseful = max(lastUseful, now)
    failures = 0
    hasAnswered = true
  }

  /// A request that was sent at a moment has failed.
  mutating func failed(_ reason: String, sentAt moment: UInt64) {
    if failures == 0 { failingSince = max(lastUseful, moment) }
    failures += 1
    lastFailure = reason
  }

  /// Whether so many requests in a row failed that no new row should be tried.
  func isInTrouble(inFlight: Int) -> Bool { failures >= max(8, inFlight) }

  /// Whether there was nothing but 429s for longer than so many seconds.
  func isThrottledOnly(at now: UInt64, longer seconds: Double) -> Bool {
    throttles > 1 && now > throttledSince && Double(now - throttledSince) > seconds * 1e9
  }

  /// Whether nothing useful came for too long; seconds, before and after the first useful answer.
  func isDead(at now: UInt64, first: Double, later: Double) -> Bool {
    let limit = UInt64((hasAnswered ? later : first) * 1e9)
    return failures > 0 && now > failingSince && now - failingSince > limit
  }
}
