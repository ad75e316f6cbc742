/// Why a client can't be made.
package enum HTTPClientError: Error, Hashable, Sendable, CustomStringConvertible {
  /// No URL, or one with user, query or fragment, or of another scheme than https and http.
  case malformedURL(String)
  /// `http` to a host other than this machine: the key would go out in clear.
  case insecureURL(String)
  /// The file of certificate authorities can't be used; why.
  case unusableCAFile(path: String, why: String)
  /// Not 1 to 600 seconds.
  case timeoutOutOfRange(Int)
  /// Requests in flight outside 1 to 4096.
  case inFlightOutOfRange(Int)
  /// libcurl, or the system beneath it, could not start.
  case notStarted(String)

  package var description: String {
    switch self {
    case .malformedURL(let text): "\"\(text)\" is no endpoint: expected https://HOST or https://HOST/PATH"
    case .insecureURL(let text): "\"\(text)\" is not secure: only https is allowed, except to this machine"
    case .timeoutOutOfRange(let seconds): "a request may take 1 to 600 seconds, not \(seconds)"
    case .unusableCAFile(let path, let why): "the certificate authorities can't be read from \(path): \(why)"
    case .inFlightOutOfRange(let count): "\(count) requests in flight: expected 1 to 4096"
    case .notStarted(let why): "the HTTP client can't start: \(why)"
    }
  }
}
