import BillModel

/// One reading of the clocks: all that happens in a turn of the run happens then.
package struct Moment {
  var wall: WallTime
  /// Nanoseconds of the clock that never jumps.
  package var monotonic: UInt64
  /// The same of the clock that goes on while the machine sleeps. Read first: what it says is then no later than the time of
  /// day, wherever in between the machine slept.
  let boot: UInt64

  package init(_ clock: SubmitClock) {
    boot = clock.boot()
    (wall, monotonic) = (clock.wall(), clock.monotonic())
  }

  /// This moment moved by milliseconds, on the clock that never jumps.
  package func monotonic(after milliseconds: Int64) -> UInt64 {
    monotonic &+ UInt64(max(milliseconds, 0)).multipliedReportingOverflow(by: 1_000_000).partialValue
  }

  /// A time of day on the clock that goes on while the machine sleeps, whatever is done to the wall clock meanwhile.
  func boot(at time: WallTime) -> UInt64 {
    boot &+ UInt64(max(time.milliseconds - wall.milliseconds, 0)) &* 1_000_000
  }
}
