/// The ids that the API gives: a prefix that tells the kind, then letters and digits.
package enum ObjectID {
  /// The most bytes that an id may have: as many as an external reference.
  package static let limit = 255

  /// Whether a text is an id with this prefix: one or more of A–Z, a–z, 0–9 after it, at most `limit` in all.
  package static func isValid(_ text: String, prefix: String) -> Bool {
    guard text.utf8.count <= limit, text.hasPrefix(prefix) else { return false }
    let rest = text.utf8.dropFirst(prefix.utf8.count)
    return !rest.isEmpty && rest.allSatisfy(isAlphanumeric)
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

extension PartyKind {
  /// The prefix of its ids.
  package var idPrefix: String {
    switch self {
    case .customer: "bcus_"
    case .account: "bacc_"
    }
  }
}
