/// What is to become of a request.
package enum HTTPReply: Sendable {
  /// This answer, now.
  case answer(HTTPAnswer)
  /// The connection is closed without a byte of an answer.
  case drop
  /// Decided by the closure after so many nanoseconds, on the service's thread. No thread waits meanwhile. The closure
  /// is run once in any case, also when the client has gone or the service stops: a request that came has its effect.
  case after(nanoseconds: UInt64, @Sendable () -> HTTPReply)
  /// Decided by another thread, some time: see `PendingReply`. No thread of the service waits meanwhile.
  case pending(PendingReply)
  /// The connection is closed without a byte of an answer, and the effect comes after so many nanoseconds, on a thread
  /// of the service's own; at once where the service stops before.
  case dropThen(nanoseconds: UInt64, @Sendable () -> Void)
  /// This answer, some bytes at a time, so that all of it takes so many nanoseconds; then the connection is closed.
  /// Over TLS, where bytes can't be sent past the library, it comes whole at the end of that time.
  case trickle(HTTPAnswer, TrickledPart, nanoseconds: UInt64)
}
