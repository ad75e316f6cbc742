/// Which host keys are trusted: those of known_hosts files, and those whose fingerprints are pinned.
package struct SFTPTrust: Hashable, Sendable {
  private let known: KnownHosts
  /// As `SHA256:…`, without padding.
  package let pins: Set<String>

  /// - Parameters:
  ///   - knownHosts: The text of a known_hosts file.
  ///   - pins: Fingerprints as ssh-keygen -l prints them; several, so that a server can change its key.
  package init(knownHosts: String, pins: [String]) {
    known = KnownHosts(knownHosts)
    self.pins = Set(pins.map { String($0.prefix { $0 != "=" }) })
  }

  /// What is to be said against a key; `nil` where it is trusted.
  func objection(to key: SFTPHostKey, of name: String) -> SFTPHostKeyRefusal.Reason? {
    if known.revokedKeys(of: name).contains(key) { return .revoked }
    if pins.contains(key.fingerprint) || known.keys(of: name).contains(key) { return nil }
    return expected(of: name).isEmpty ? .unknown : .changed
  }

  /// The fingerprints that a server may show.
  func expected(of name: String) -> [String] { pins.sorted() + known.keys(of: name).map(\.fingerprint) }

  /// The types of keys to ask a server for, the best first; `nil` is what it comes to without asking. A server shows one
  /// key of several, and a pin doesn't say of which type it is.
  func types(for name: String) -> [String?] {
    let known = Self.usable.filter { type in self.known.keys(of: name).contains { $0.type == type } }
    return known + [nil] + (pins.isEmpty ? [] : Self.usable.filter { !known.contains($0) })
  }

  /// The types that libssh2 can check.
  private static let usable = [
    "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-rsa",
  ]
}
