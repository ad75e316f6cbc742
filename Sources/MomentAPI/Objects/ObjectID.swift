/// The ids that the API gives: a prefix that tells the kind, then letters and digits.
package enum ObjectID {
  /// The prefix of a kind's ids, `bill_`, `bacc_` or `bcus_`.
  package static func prefix(of subject: APIRequestKind.Subject) -> String {
    switch subject {
    case .bill: "bill_"
    case .account: "bacc_"
    case .customer: "bcus_"
    }
  }

  /// The most bytes that an id may have: as many as an external reference.
  package static let limit = 255

  /// Whether a text is an id of this kind: its prefix, then one or more of A–Z, a–z, 0–9, at most `limit` in all.
  package static func isValid(_ text: String, for subject: APIRequestKind.Subject) -> Bool {
    let prefix = prefix(of: subject)
    guard text.utf8.count <= limit, text.hasPrefix(prefix) else { return false }
    let rest = text.utf8.dropFirst(prefix.utf8.count)
    return !rest.isEmpty && rest.allSatisfy(isAlphanumeric)
  }

  /// Whether a text begins like an id of any kind, so that a path could not say which of the two it means.
  package static func isAmbiguous(_ reference: String) -> Bool {
    reference.hasPrefix("bill_") || reference.hasPrefix("bacc_") || reference.hasPrefix("bcus_")
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }
}
