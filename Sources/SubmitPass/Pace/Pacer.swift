import BillLedger
import BillModel
import BillSubmission
import MomentAPI
import Synchronization
import Transport

/// The rate limiter as the client's gate: asked on the client's thread, told of pauses from both.
package final class Pacer: Sendable {
  fileprivate struct State {
    var limiter: RateLimiter
    /// When header fields were last read for what they say of the limit.
    var advisedAt: UInt64 = 0
    /// How many requests it has let go.
    var admitted = 0
    /// What others leave, where several processes share the limit.
    var shared: SharedPace?
  }

  private let state: Mutex<State>

  /// A pace of `rate` requests a second; `nil`: to be found.
  init(rate: Double?, burst: Int) {
    state = Mutex(State(limiter: RateLimiter(rate: rate, burst: burst)))
  }

  /// How long a refused key holds everything, in nanoseconds: enough for its answer to be judged.
  private static let judging: UInt64 = 1_000_000_000

  /// The gate of a client: a 429 pauses at once, before anybody has read its answer, and so does a refused key.
  var gate: SendGate {
    SendGate(
      admit: { now in self.admit(now) },
      observe: { status, headers, sentAt, now in self.observe(status, headers, sentAt, now) },
      mayLeave: { self.state.withLock { $0.shared?.maySend ?? true } })
  }

  /// An answer out of the API's store says nothing of now.
  private func observe(_ status: Int, _ headers: HTTPHeaders, _ sentAt: UInt64, _ now: UInt64) {
    state.withLock { state in
      switch status {
      case 429:
        guard !Self.isOld(headers) else { return }
        state.limiter.throttled(sentAt: sentAt, at: now, retryAfterNs: nil)
      case 401, 403: if !Self.isOld(headers) { state.limiter.pause(untilNs: now + Self.judging) }
      case 500...: return
      default: state.limiter.answered(sentAt: sentAt, at: now)
      }
      state.heed(headers, at: now, always: status == 429)
    }
  }

  private static func isOld(_ headers: HTTPHeaders) -> Bool { headers["Idempotent-Replayed"] != nil }

  /// Requests a second now.
  package var rate: Double { state.withLock { $0.limiter.rate } }

  /// How many requests it has let go so far.
  var admitted: Int { state.withLock { $0.admitted } }

  /// Sends nothing before a moment of the monotonic clock.
  func pause(untilNs moment: UInt64) { state.withLock { $0.limiter.pause(untilNs: moment) } }

  /// The API asked for a pause until a moment of the monotonic clock: it holds all who share the limit.
  func pauseAll(untilNs moment: UInt64, now: UInt64) {
    state.withLock { state in
      state.limiter.pause(untilNs: moment)
      if moment > now { state.shared?.pauseAll(milliseconds: Int64((moment - now + 999_999) / 1_000_000)) }
    }
  }

  /// In how many nanoseconds this process has its next turn of a limit that others share, where it has one and that is
  /// not yet; else `nil`.
  func untilNextTurn(at now: UInt64) -> UInt64? { state.withLock { $0.shared?.untilNextTurn(at: now) } }

  /// Shares the limit with other processes from here on.
  func share(_ sharing: LedgerSharing, rate: Double?) {
    state.withLock { state in
      if state.shared == nil { state.shared = SharedPace(sharing, rate: rate) }
    }
    sharing.deliverTurns { [weak self] turns in self?.state.withLock { $0.shared?.take(turns) } }
  }

  private func admit(_ now: UInt64) -> SendGate.Admission {
    state.withLock { state in
      if case .wait(let moment)? = state.shared?.turn(at: now) { return .wait(untilNs: moment) }
      switch state.limiter.turn(at: now) {
      case .go:
        state.shared?.use()
        state.admitted += 1
        return .go
      case .wait(let moment): return .wait(untilNs: moment)
      }
    }
  }
}

extension Pacer.State {
  /// What is said of the limit changes slowly; to read it in each answer would cost more than it tells.
  private static let between: UInt64 = 50_000_000

  /// A longer pause is not sat out on a hint: the API will say 429, and then the run decides.
  private static let longestPause: Int64 = 60_000

  /// Reads what an answer says of the limit.
  fileprivate mutating func heed(_ headers: HTTPHeaders, at now: UInt64, always: Bool) {
    guard always || now >= advisedAt + Self.between else { return }
    advisedAt = now
    let advice = RateAdvice(header: { headers[$0] }, now: .now)
    if let rate = advice.rate { limiter.cap(at: rate) }
    if let pause = advice.pause, pause <= Self.longestPause {
      limiter.pause(untilNs: now + UInt64(pause) * 1_000_000)
      if always { shared?.pauseAll(milliseconds: pause) }
    }
  }
}
