#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The clock that never jumps, and rests while the machine sleeps: nanoseconds since some moment in the past, the same for
/// the whole machine.
package enum MonotonicClock {
  /// Now, in nanoseconds.
  package static var now: UInt64 { nanoseconds(of: CLOCK_MONOTONIC) }
}

/// The clock that never jumps and never rests: it goes on while the machine sleeps, as those of others do.
package enum BootClock {
  /// Now, in nanoseconds.
  package static var now: UInt64 {
    #if canImport(Glibc)
      nanoseconds(of: CLOCK_BOOTTIME)
    #else
      nanoseconds(of: CLOCK_MONOTONIC)
    #endif
  }

  /// Whether a moment is over; `.max` never is.
  package static func isAfter(_ moment: UInt64) -> Bool { moment != .max && now > moment }
}

private func nanoseconds(of clock: clockid_t) -> UInt64 {
  var time = timespec()
  clock_gettime(clock, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
