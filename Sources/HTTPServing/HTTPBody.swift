/// The body of an answer.
package enum HTTPBody: Sendable {
  /// Sent whole, with its length.
  case bytes([UInt8])
  /// Asked for piece by piece on the service's thread until it gives nil; sent in chunks (RFC 9112, 7.1).
  case stream(@Sendable () -> [UInt8]?)
  /// The length of all of it is promised, but the connection is closed after so many bytes: an answer cut on its way.
  case cut([UInt8], after: Int)
}
