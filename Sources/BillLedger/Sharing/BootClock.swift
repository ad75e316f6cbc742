#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The clock that never jumps and never rests: it goes on while the machine sleeps, as those of others do.
enum BootClock {
  /// Now, in nanoseconds.
  static var now: UInt64 {
    var time = timespec()
    #if canImport(Glibc)
      clock_gettime(CLOCK_BOOTTIME, &time)
    #else
      clock_gettime(CLOCK_MONOTONIC, &time)
    #endif
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// The clock that turns are told in: nanoseconds of the monotonic one.
  static var monotonic: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
