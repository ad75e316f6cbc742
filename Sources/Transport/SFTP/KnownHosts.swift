import FoundationEssentials
import Hashing

/// What known_hosts files say of a server (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT): plain, pattern and hashed names,
/// revoked keys. Certificate authorities are passed over: libssh2 knows no host certificates.
struct KnownHosts: Hashable, Sendable {
  private struct Line: Hashable {
    var hosts: String
    var key: SFTPHostKey
    var isRevoked: Bool
  }

  private var lines: [Line] = []

  /// Takes in a file's text; lines that can't be read are passed over, as ssh does.
  init(_ text: String) {
    for line in text.split(whereSeparator: \.isNewline) {
      var fields = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
      guard let first = fields.first, !first.hasPrefix("#") else { continue }
      var isRevoked = false
      if first.hasPrefix("@") {
        guard first == "@revoked" else { continue }
        isRevoked = true
        fields.removeFirst()
      }
      guard fields.count >= 3, let blob = Data(base64Encoded: String(fields[2])) else { continue }
      let key = SFTPHostKey(blob: Array(blob))
      guard key.type == fields[1] else { continue }
      lines.append(Line(hosts: String(fields[0]), key: key, isRevoked: isRevoked))
    }
  }

  /// The keys of a server, by its name as these files have it.
  func keys(of name: String) -> [SFTPHostKey] { keys(of: name, isRevoked: false) }

  func revokedKeys(of name: String) -> [SFTPHostKey] { keys(of: name, isRevoked: true) }

  private func keys(of name: String, isRevoked: Bool) -> [SFTPHostKey] {
    lines.filter { $0.isRevoked == isRevoked && Self.matches($0.hosts, name) }.map(\.key)
  }

  private static func matches(_ hosts: String, _ name: String) -> Bool {
    if hosts.hasPrefix("|1|") { return matchesHash(hosts, name) }
    var isFound = false
    for pattern in hosts.split(separator: ",") {
      if pattern.hasPrefix("!") {
        if matchesPattern(Array(pattern.dropFirst().lowercased().utf8)[...], Array(name.utf8)[...]) { return false }
      } else if matchesPattern(Array(pattern.lowercased().utf8)[...], Array(name.utf8)[...]) {
        isFound = true
      }
    }
    return isFound
  }

  /// `|1|SALT|HMAC`, both in base64.
  private static func matchesHash(_ hosts: String, _ name: String) -> Bool {
    let parts = hosts.split(separator: "|")
    guard parts.count == 3, let salt = Data(base64Encoded: String(parts[1])),
      let code = Data(base64Encoded: String(parts[2]))
    else { return false }
    return HMACSHA1.code(of: name, key: Array(salt)) == Array(code)
  }

  /// `*` stands for any characters, `?` for one.
  private static func matchesPattern(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
    guard let first = pattern.first else { return name.isEmpty }
    if first == UInt8(ascii: "*") {
      return (name.startIndex...name.endIndex).contains { matchesPattern(pattern.dropFirst(), name[$0...]) }
    }
    guard let letter = name.first, first == UInt8(ascii: "?") || first == letter else { return false }
    return matchesPattern(pattern.dropFirst(), name.dropFirst())
  }
}
