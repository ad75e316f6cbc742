#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The clock that never jumps: nanoseconds since some moment in the past, the same for the whole machine.
package enum MonotonicClock {
  /// Now, in nanoseconds.
  package static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
