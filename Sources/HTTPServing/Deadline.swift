/// When something that waits is to go on.
struct Deadline {
  /// What waits.
  enum Waiting {
    /// A suspended connection.
    case connection(SuspendedConnection)
    /// An effect whose connection is closed already.
    case effect(@Sendable () -> Void)
  }

  /// Nanoseconds of the monotonic clock.
  let time: UInt64
  let waiting: Waiting
}
