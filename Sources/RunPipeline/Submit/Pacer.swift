import BillSubmission
import Synchronization
import Transport

/// The rate limiter as the client's gate: asked on the client's thread, told of pauses from both.
final class Pacer: Sendable {
  private let limiter: Mutex<RateLimiter>

  init(rate: Double, burst: Int) { limiter = Mutex(RateLimiter(rate: rate, burst: burst)) }

  /// How long a refused key holds everything, in nanoseconds: enough for its answer to be judged.
  private static let judging: UInt64 = 1_000_000_000

  /// The gate of a client: a 429 pauses at once, before anybody has read its answer, and so does a refused key.
  var gate: SendGate {
    SendGate(
      admit: { now in self.admit(now) },
      observe: { status, headers, now in
        let isOld = headers["Idempotent-Replayed"] != nil
        self.limiter.withLock { limiter in
          switch status {
          case 429: limiter.throttled(at: now, retryAfterNs: nil)
          case 401, 403: if !isOld { limiter.pause(untilNs: now + Self.judging) }
          default: limiter.answered()
          }
        }
      })
  }

  /// Sends nothing before a moment of the monotonic clock.
  func pause(untilNs moment: UInt64) { limiter.withLock { $0.pause(untilNs: moment) } }

  private func admit(_ now: UInt64) -> SendGate.Admission {
    switch limiter.withLock({ $0.turn(at: now) }) {
    case .go: .go
    case .wait(let moment): .wait(untilNs: moment)
    }
  }
}
