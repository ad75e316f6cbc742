import CLibcurl

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The endpoint that requests go to: `https://HOST[:PORT][/PATH]`, or `http` to this machine.
///
/// Parsed by libcurl's own parser, so that what is checked here is what is used there.
package struct HTTPBaseURL: Hashable, Sendable, CustomStringConvertible {
  /// The URL as libcurl writes it, without a slash at its end: a request's path is appended.
  package let text: String
  /// Scheme, host and port, lower case; the port left out where it is the scheme's own.
  package let origin: String
  /// Whether the host is this machine: `localhost`, 127.0.0.0/8, `::1`.
  package let isLoopback: Bool

  /// Throws `malformedURL` and `insecureURL`.
  package init(_ source: String) throws(HTTPClientError) {
    let shown = String(source.split(separator: "@").last ?? "")
    guard let handle = curl_url() else { throw .notStarted("no memory for a URL") }
    defer { curl_url_cleanup(handle) }
    let rest = source.lowercased().split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false).dropFirst()
    guard rest.first?.first.map({ $0 != "/" }) == true, !source.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }),
      curl_url_set(handle, CURLUPART_URL, source, UInt32(CURLU_DISALLOW_USER)) == CURLUE_OK,
      let scheme = Self.part(CURLUPART_SCHEME, of: handle)?.lowercased(), scheme == "https" || scheme == "http",
      let host = Self.part(CURLUPART_HOST, of: handle)?.lowercased(),
      let path = Self.part(CURLUPART_PATH, of: handle),
      Self.part(CURLUPART_QUERY, of: handle) == nil, Self.part(CURLUPART_FRAGMENT, of: handle) == nil
    else { throw .malformedURL(shown) }
    isLoopback = Self.isLoopback(host: host)
    guard scheme == "https" || isLoopback else { throw .insecureURL(shown) }
    let port = Self.part(CURLUPART_PORT, of: handle).flatMap { Int($0) }
    let standard = scheme == "https" ? 443 : 80
    origin = "\(scheme)://\(host)" + (port.map { $0 == standard ? "" : ":\($0)" } ?? "")
    text = origin + (path.hasSuffix("/") ? String(path.dropLast()) : path)
  }

  package var description: String { text }

  /// Host and port, as a request's `Host` has them.
  var host: String { String(origin.drop { $0 != "/" }.dropFirst(2)) }

  /// What is before each request's path.
  var basePath: String { String(text.dropFirst(origin.count)) }

  /// Without TLS.
  var isPlain: Bool { origin.hasPrefix("http:") }

  private static func part(_ part: CURLUPart, of handle: OpaquePointer) -> String? {
    var value: UnsafeMutablePointer<CChar>?
    guard curl_url_get(handle, part, &value, 0) == CURLUE_OK, let value else { return nil }
    defer { curl_free(value) }
    return String(cString: value)
  }

  private static func isLoopback(host: String) -> Bool {
    if host == "localhost" { return true }
    var v4 = in_addr()
    if inet_pton(AF_INET, host, &v4) == 1 { return UInt32(bigEndian: v4.s_addr) >> 24 == 127 }
    guard host.hasPrefix("["), host.hasSuffix("]") else { return false }
    var v6 = in6_addr()
    guard inet_pton(AF_INET6, String(host.dropFirst().dropLast()), &v6) == 1 else { return false }
    return withUnsafeBytes(of: &v6) { $0.dropLast().allSatisfy { $0 == 0 } && $0.last == 1 }
  }
}
