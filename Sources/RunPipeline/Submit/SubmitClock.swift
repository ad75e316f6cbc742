package import BillModel
import Transport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The two clocks that submission goes by; tests bring their own.
package struct SubmitClock: Sendable {
  /// The time of day.
  package var wall: @Sendable () -> WallTime
  /// Nanoseconds of the clock that never jumps.
  package var monotonic: @Sendable () -> UInt64

  package init(
    wall: @escaping @Sendable () -> WallTime = SubmitClock.systemWall,
    monotonic: @escaping @Sendable () -> UInt64 = { MonotonicClock.now }
  ) {
    self.wall = wall
    self.monotonic = monotonic
  }

  /// The machine's time of day.
  @Sendable package static func systemWall() -> WallTime {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return WallTime(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }
}
