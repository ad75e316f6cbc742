package import BillModel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// When something began, by the wall clock, and how long it has taken, by the monotonic one.
package struct Stopwatch: Sendable {
  /// The beginning, UTC.
  package let wallTime: WallTime
  private let beginning: ContinuousClock.Instant

  package init() {
    wallTime = .now
    beginning = .now
  }

  /// Seconds since the beginning.
  package var seconds: Double {
    let elapsed = beginning.duration(to: .now).components
    return Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
  }
}

extension WallTime {
  /// What the wall clock says now.
  package static var now: WallTime {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return WallTime(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000 + offset)
  }

  #if DEBUG
    /// Milliseconds by which a debug build's clock is ahead of the machine's: `BILLDROP_CLOCK_OFFSET`, so that tests can
    /// live through days.
    private static let offset = getenv("BILLDROP_CLOCK_OFFSET").flatMap { Int64(String(cString: $0)) } ?? 0
  #else
    private static let offset: Int64 = 0
  #endif
}
