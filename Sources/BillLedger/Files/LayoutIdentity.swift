package import Hashing

/// A layout as the ledger knows it: what else decides which bills a file becomes.
package struct LayoutIdentity: Hashable, Sendable {
  /// SHA-256 of the layout's canonical content, the policy for duplicates among it.
  package var digest: SHA256Digest
  package var name: String
  /// The policy for duplicates by its name in the layout: `reject` or `first`.
  package var duplicates: String

  package init(digest: SHA256Digest, name: String, duplicates: String) {
    self.digest = digest
    self.name = name
    self.duplicates = duplicates
  }
}
