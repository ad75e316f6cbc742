/// Why a service could not be started.
package enum HTTPServiceError: Error, Equatable, Sendable {
  /// The address could not be listened on (in use, not permitted) or the TLS material was refused. `code` is errno.
  case cannotListen(port: UInt16, code: Int32)
  /// TLS is asked for, and this machine's libmicrohttpd is built without it.
  case noTLS
}
