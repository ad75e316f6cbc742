/// What is to become of a request.
package enum HTTPReply: Sendable {
  /// This answer, now.
  case answer(HTTPAnswer)
  /// The connection is closed without a byte of an answer.
  case drop
  /// Decided by the closure after so many nanoseconds, on the service's thread. No thread waits meanwhile. The closure
  /// is run once in any case, also when the client has gone or the service stops: a request that came has its effect.
  case after(nanoseconds: UInt64, @Sendable () -> HTTPReply)
}
