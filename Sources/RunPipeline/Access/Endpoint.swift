import FoundationEssentials

/// The API's address: `https`, or `http` on this machine itself.
package struct Endpoint: Sendable {
  /// Moment's API.
  package static let moment = "https://api.momentpay.net"

  /// Scheme, host and port, lower case, the scheme's own port left out.
  package let origin: String
  /// The address as requests are appended to it, without a slash at its end.
  package let baseURL: String

  /// Judges an address; it may have a path, but no user, query or fragment.
  package init(_ text: String) throws(EndpointError) {
    guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
      let host = parts.host?.lowercased(), !host.isEmpty, scheme == "https" || scheme == "http",
      parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil
    else { throw .malformed(text) }
    guard scheme == "https" || Self.isLoopback(host) else { throw .notEncrypted(text) }
    let isDefaultPort = parts.port == nil || parts.port == (scheme == "https" ? 443 : 80)
    origin = "\(scheme)://\(host)" + (isDefaultPort ? "" : ":\(parts.port ?? 0)")
    let path = parts.percentEncodedPath
    baseURL = origin + (path.hasSuffix("/") ? String(path.dropLast()) : path)
  }

  private static func isLoopback(_ host: String) -> Bool {
    if host == "localhost" || host == "::1" || host == "[::1]" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }
}
