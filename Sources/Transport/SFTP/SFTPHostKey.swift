import FoundationEssentials
import Hashing

/// A server's public key, as SSH sends it (RFC 4253 section 6.6).
package struct SFTPHostKey: Hashable, Sendable {
  package let blob: [UInt8]

  package init(blob: [UInt8]) { self.blob = blob }

  /// `ssh-ed25519` and the like: the blob begins with it.
  package var type: String {
    guard blob.count >= 4 else { return "" }
    let count = blob[..<4].reduce(0) { $0 << 8 | Int($1) }
    guard count <= blob.count - 4 else { return "" }
    return String(decoding: blob[4..<4 + count], as: UTF8.self)
  }

  /// `SHA256:…`, as ssh and ssh-keygen -l print it.
  package var fingerprint: String {
    let hasher = SHA256Hasher()
    hasher.update(blob)
    let text = Data(Array(hasher.finish().bytes)).base64EncodedString()
    return "SHA256:" + text.prefix { $0 != "=" }
  }

  /// The line of a known_hosts file for it.
  package func line(for name: String) -> String { "\(name) \(type) \(Data(blob).base64EncodedString())" }
}
