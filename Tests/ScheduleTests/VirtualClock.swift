import BillModel
import SubmitPass
import Synchronization

/// Time that passes only when it is told to. The true time, by which the server goes; a wall clock that may be wrong.
final class VirtualClock: Sendable {
  private struct State {
    var truth: Int64 = 1_767_600_000_000
    var error: Int64 = 0
    /// Nanoseconds.
    var monotonic: UInt64 = 1_000_000_000
  }

  private let state = Mutex(State())

  /// The true time, in milliseconds since 1970.
  var truth: Int64 { state.withLock { $0.truth } }
  var wall: WallTime { state.withLock { WallTime(milliseconds: $0.truth + $0.error) } }
  /// What has passed, in nanoseconds.
  var nanoseconds: UInt64 { state.withLock { $0.monotonic } }
  /// What the product goes by.
  var asSubmitClock: SubmitClock {
    SubmitClock(wall: { self.wall }, monotonic: { self.nanoseconds }, boot: { self.nanoseconds })
  }

  func pass(milliseconds: Int64) {
    state.withLock {
      $0.truth += milliseconds
      $0.monotonic += UInt64(milliseconds) * 1_000_000
    }
  }

  func jump(milliseconds: Int64) { state.withLock { $0.error += milliseconds } }
}

extension VirtualClock {
  /// The true time as a header field (RFC 9110, 5.6.7).
  var httpDate: String {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let text = Array(WallTime(milliseconds: truth).rfc3339)
    let month = months[(Int(String(text[5..<7])) ?? 1) - 1]
    return "Mon, \(String(text[8..<10])) \(month) \(String(text[0..<4])) \(String(text[11..<19])) GMT"
  }
}
