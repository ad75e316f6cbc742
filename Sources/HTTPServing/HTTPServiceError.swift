/// Why a service could not be started.
package enum HTTPServiceError: Error, Equatable, Sendable {
  /// The address could not be listened on (in use, not permitted) or the TLS material was refused. `code` is errno.
  case cannotListen(port: UInt16, code: Int32)
}
