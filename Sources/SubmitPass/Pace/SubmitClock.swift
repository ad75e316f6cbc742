package import BillModel
import Threads

/// The clocks that submission goes by; tests bring their own.
package struct SubmitClock: Sendable {
  /// The time of day by which requests are sent and judged: where several share a ledger, its server's.
  package var wall: @Sendable () -> WallTime
  /// The time of day of this machine.
  package let machine: @Sendable () -> WallTime
  /// Nanoseconds of the clock that never jumps.
  package var monotonic: @Sendable () -> UInt64
  /// Nanoseconds of the clock that never jumps and goes on while the machine sleeps.
  package var boot: @Sendable () -> UInt64
  /// A moment in the zone by which quiet hours and days go.
  package var civil: @Sendable (WallTime) -> CivilMoment

  package init(
    wall: @escaping @Sendable () -> WallTime = { .now },
    monotonic: @escaping @Sendable () -> UInt64 = { MonotonicClock.now },
    boot: @escaping @Sendable () -> UInt64 = { BootClock.now },
    civil: @escaping @Sendable (WallTime) -> CivilMoment = CivilMoment.local
  ) {
    (self.wall, machine) = (wall, wall)
    self.monotonic = monotonic
    self.boot = boot
    self.civil = civil
  }
}
