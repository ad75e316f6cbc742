#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Why a request never left.
package struct NotSentReason: Hashable, Sendable, CustomStringConvertible {
  package enum Cause: Hashable, Sendable {
    /// The host's (or proxy's) name doesn't resolve.
    case nameNotResolved
    /// No connection; the operating system's errno, 0 where it isn't known.
    case couldNotConnect(errno: Int32)
    /// No connection within the time allowed for it.
    case connectTimedOut
    /// The proxy doesn't connect us.
    case proxyRefused
    /// No TLS session: the certificate isn't trusted, or isn't the host's, or there is none to trust it by.
    case certificateRefused
    /// No TLS session for another reason: the peers don't agree, or the connection broke meanwhile.
    case tlsRefused
    /// The client ended before the request's turn came, or while its connection was being made.
    case cancelled
    /// It came to its turn, or to a connection, later than it may leave.
    case tooLate
    /// The request can't be written: a control character in a header field, or a malformed path.
    case malformedRequest
    /// libcurl failed before it sent anything; its code.
    case fault(curlCode: UInt32)
  }

  package var cause: Cause
  /// libcurl's own words for people, empty where it has none. Never holds the key.
  package var detail: String

  package init(_ cause: Cause, detail: String = "") {
    self.cause = cause
    self.detail = detail
  }

  package var description: String {
    if case .couldNotConnect(let errno) = cause, errno != 0 { return "\(summary): \(String(cString: strerror(errno)))" }
    return detail.isEmpty ? summary : "\(summary) (\(detail))"
  }

  private var summary: String {
    switch cause {
    case .nameNotResolved: "the host's name can't be resolved"
    case .couldNotConnect: "no connection to the host"
    case .connectTimedOut: "no connection to the host in time"
    case .proxyRefused: "the proxy refuses the connection"
    case .certificateRefused: "the host's certificate is not trusted"
    case .tlsRefused: "no secure connection to the host"
    case .cancelled: "ended before its turn"
    case .tooLate: "its time was over before its turn came"
    case .malformedRequest: "the request can't be written"
    case .fault(let code): "the transfer could not begin, libcurl \(code)"
    }
  }
}
