package import Hashing

/// A file as the ledger knows it: by its bytes.
package struct FileIdentity: Hashable, Sendable {
  /// SHA-256 of all its bytes.
  package var digest: SHA256Digest
  /// Its name without the folder; kept as it was when the file was first seen.
  package var name: String
  package var byteCount: Int64

  package init(digest: SHA256Digest, name: String, byteCount: Int64) {
    self.digest = digest
    self.name = name
    self.byteCount = byteCount
  }
}
