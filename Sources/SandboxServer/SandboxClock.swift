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

  /// A time as RFC 3339 has it, in UTC, with whole seconds.
  static func text(_ milliseconds: Int64) -> String {
    let second = milliseconds / 1000 % 86_400
    let time = [second / 3600, second / 60 % 60, second % 60].map { padded($0, to: 2) }.joined(separator: ":")
    return "\(CivilDay(milliseconds: milliseconds).text)T\(time)Z"
  }

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
