import BillModel

/// One reading of both clocks: all that happens in a turn of the run happens then.
package struct Moment {
  var wall: WallTime
  /// Nanoseconds of the clock that never jumps.
  package var monotonic: UInt64

  init(wall: WallTime, monotonic: UInt64) { (self.wall, self.monotonic) = (wall, monotonic) }

  package init(_ clock: SubmitClock) { self.init(wall: clock.wall(), monotonic: clock.monotonic()) }

  /// This moment moved by milliseconds, on the clock that never jumps.
  package func monotonic(after milliseconds: Int64) -> UInt64 {
    monotonic &+ UInt64(max(milliseconds, 0)).multipliedReportingOverflow(by: 1_000_000).partialValue
  }
}
