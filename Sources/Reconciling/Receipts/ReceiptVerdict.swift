package import Hashing

/// What checking a receipt found.
package struct ReceiptVerdict: Sendable {
  /// What its signature is worth.
  package enum Signature: Hashable, Sendable {
    /// It has none.
    case none
    /// By the key of this name, which was given.
    case good(key: String)
    /// By a key of this name; none was given to check it with.
    case unchecked(key: String)
    case bad
  }

  /// Whether the report's tables lie beside it.
  package enum Report: String, Sendable {
    case good, bad, absent
  }

  package var fileName: String
  package var digest: SHA256Digest
  package var records: Int
  package var ledger: String
  package var signature: Signature
  package var report: Report
  /// What doesn't fit, a sentence each; empty where the receipt is proved.
  package var problems: [String]

  /// Whether all that was looked at fits, the signature with it.
  package var isVerified: Bool {
    if case .unchecked = signature { return false }
    return problems.isEmpty
  }
}
