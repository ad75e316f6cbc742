package import BillModel
import Transport

/// The two clocks that submission goes by; tests bring their own.
package struct SubmitClock: Sendable {
  /// The time of day.
  package var wall: @Sendable () -> WallTime
  /// Nanoseconds of the clock that never jumps.
  package var monotonic: @Sendable () -> UInt64
  /// A moment in the zone by which quiet hours and days go.
  package var civil: @Sendable (WallTime) -> CivilMoment

  package init(
    wall: @escaping @Sendable () -> WallTime = { .now },
    monotonic: @escaping @Sendable () -> UInt64 = { MonotonicClock.now },
    civil: @escaping @Sendable (WallTime) -> CivilMoment = CivilMoment.local
  ) {
    self.wall = wall
    self.monotonic = monotonic
    self.civil = civil
  }
}
