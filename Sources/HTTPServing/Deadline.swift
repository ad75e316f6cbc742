/// When a suspended connection is to go on.
struct Deadline {
  /// Nanoseconds of the monotonic clock.
  let time: UInt64
  let connection: SuspendedConnection
}
