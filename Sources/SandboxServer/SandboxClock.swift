#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The sandbox's time of day: the machine's, moved as tests ask.
struct SandboxClock: Sendable {
  /// Milliseconds by which it is ahead of the machine's clock.
  var offset: Int64 = 0

  /// Milliseconds since 1970.
  var now: Int64 { Self.machine + offset }

  private static var machine: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  /// Nanoseconds of the machine's monotonic clock, which nobody moves.
  static var monotonic: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
