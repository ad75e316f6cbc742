/// Why a server's host key is not trusted.
package struct SFTPHostKeyRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Reason: Hashable, Sendable {
    /// Nothing is known of this server.
    case unknown
    /// Other keys of this server are known, and not this one.
    case changed
    /// The known_hosts file says that this key must not be trusted.
    case revoked
  }

  package var reason: Reason
  /// The server, as known_hosts files name it.
  package var name: String
  /// What the server showed, each key once.
  package var shown: [SFTPHostKey]
  /// Fingerprints that would have been trusted.
  package var expected: [String]

  package var description: String {
    let keys = shown.map { "\($0.type) \($0.fingerprint)" }.joined(separator: ", ")
    return switch reason {
    case .unknown:
      "nobody has said yet that the host key of \(name) may be trusted: \(keys). Compare it with what the people of "
        + "the server say; then put it in the configuration's \"host_keys\", or take it with billdrop doctor "
        + "--trust-on-first-use"
    case .changed:
      "the host key of \(name) is not the one that is known: it shows \(keys), known is "
        + "\(expected.joined(separator: ", ")). Somebody may sit in between; go on only after the people of the server "
        + "say that the key was changed, and to which"
    case .revoked: "the host key of \(name) is marked as revoked: \(keys)"
    }
  }
}
