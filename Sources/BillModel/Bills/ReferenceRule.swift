package import Hashing

/// The rule by which a layout derives the reference of each bill. Another rule gives the same bill another reference.
package struct ReferenceRule: Hashable, Sendable {
  /// SHA-256 of the rule and of what tells the keys of its steps `hmac` apart.
  package var digest: SHA256Digest
  /// The rule for people, as JSON; says nothing of the keys.
  package var text: String

  package init(digest: SHA256Digest, text: String) {
    self.digest = digest
    self.text = text
  }
}
