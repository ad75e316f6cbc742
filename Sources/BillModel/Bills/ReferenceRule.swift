package import Hashing

/// The rule by which a layout derives the reference of each bill, and of each payment that it adds. Another rule gives the
/// same bill, or payment, another reference.
package struct ReferenceRule: Hashable, Sendable {
  /// SHA-256 of the rule and of what tells the keys of its steps `hmac` apart.
  package var digest: SHA256Digest
  /// The rule for people, as JSON; says nothing of the keys.
  package var text: String
  /// Of a rule that derives the references of payments, the digest of what it says of bills, which is all that was kept once;
  /// `nil` where it says nothing of them.
  package var withoutPayments: SHA256Digest?
  /// The digest that the rule had before the order of texts to replace was part of it, and the same of what it says of bills;
  /// `nil` where no such order decides.
  package var earlier: SHA256Digest?
  package var earlierWithoutPayments: SHA256Digest?

  package init(
    digest: SHA256Digest, text: String, withoutPayments: SHA256Digest? = nil, earlier: SHA256Digest? = nil,
    earlierWithoutPayments: SHA256Digest? = nil
  ) {
    self.digest = digest
    self.text = text
    self.withoutPayments = withoutPayments
    self.earlier = earlier
    self.earlierWithoutPayments = earlierWithoutPayments
  }
}
