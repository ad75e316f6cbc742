package import Hashing

/// A layout as the ledger knows it: what else decides which bills a file becomes.
package struct LayoutIdentity: Hashable, Sendable {
  /// SHA-256 of the layout's canonical content, the policy for duplicates among it.
  package var digest: SHA256Digest
  package var name: String
  /// The policy for duplicates by its name in the layout: `reject` or `first`.
  package var duplicates: String
  /// The digest that it had before the order of texts to replace was part of it; `nil` where no such order decides, and of a
  /// layout that is read from a ledger.
  package var earlierDigest: SHA256Digest?

  package init(digest: SHA256Digest, name: String, duplicates: String, earlierDigest: SHA256Digest? = nil) {
    self.digest = digest
    self.name = name
    self.duplicates = duplicates
    self.earlierDigest = earlierDigest
  }

  /// Whether a digest that a ledger has is this layout's, or was.
  package func has(_ recorded: SHA256Digest) -> Bool { recorded == digest || recorded == earlierDigest }
}
