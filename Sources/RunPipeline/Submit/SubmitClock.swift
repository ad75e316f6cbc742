package import BillModel
import Transport

/// The two clocks that submission goes by; tests bring their own.
package struct SubmitClock: Sendable {
  /// The time of day.
  package var wall: @Sendable () -> WallTime
  /// Nanoseconds of the clock that never jumps.
  package var monotonic: @Sendable () -> UInt64

  package init(
    wall: @escaping @Sendable () -> WallTime = { .now },
    monotonic: @escaping @Sendable () -> UInt64 = { MonotonicClock.now }
  ) {
    self.wall = wall
    self.monotonic = monotonic
  }
}
