/// What makes a party one and the same: its kind and the merchant's reference.
package struct PartyKey: Hashable, Sendable {
  package var kind: PartyKind
  package var reference: String

  package init(_ kind: PartyKind, _ reference: String) {
    self.kind = kind
    self.reference = reference
  }

  package static func == (left: Self, right: Self) -> Bool {
    left.kind == right.kind && left.reference == right.reference
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(kind == .account)
    hasher.combine(reference)
  }

  /// Kind and reference: `customer CUST-9`.
  package var words: String { "\(kind.rawValue) \(reference)" }
}
