import CLibcurl

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Wakes libcurl's poll at a moment of the monotonic clock: to the microsecond by a timer descriptor where the system
/// has them (Linux), else to the millisecond by the poll's own time-out.
struct SendTimer: ~Copyable {
  private let descriptor = billdrop_timer_make()
  private var current: UInt64 = 0

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Sleeps in libcurl's poll until something moves on a connection, the handle is woken, or `moment` has come.
  mutating func poll(_ multi: UnsafeMutableRawPointer, until moment: UInt64?) {
    guard let moment else {
      curl_multi_poll(multi, nil, 0, Self.longest, nil)
      return
    }
    guard set(to: moment) else {
      curl_multi_poll(multi, nil, 0, Self.milliseconds(until: moment), nil)
      return
    }
    var waited = curl_waitfd(fd: descriptor, events: Int16(CURL_WAIT_POLLIN), revents: 0)
    curl_multi_poll(multi, &waited, 1, Self.longest, nil)
  }

  private static let longest: CInt = 60_000

  /// `false` where there is no timer.
  private mutating func set(to moment: UInt64) -> Bool {
    guard descriptor >= 0 else { return false }
    guard moment != current else { return true }
    guard billdrop_timer_set(descriptor, max(moment, 1)) == 0 else { return false }
    current = moment
    return true
  }

  private static func milliseconds(until moment: UInt64) -> CInt {
    let now = MonotonicClock.now
    return moment <= now ? 0 : CInt(min(max((moment - now) / 1_000_000, 1), UInt64(longest)))
  }
}
