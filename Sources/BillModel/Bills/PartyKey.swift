/// What makes a party one and the same: its kind and the merchant's reference.
package struct PartyKey: Hashable, Sendable {
  package let kind: PartyKind
  package let reference: String
  /// Of both, by this process's seed: made once, since a key is looked for in a dozen tables.
  package let hash: Int

  package init(_ kind: PartyKind, _ reference: String) {
    self.kind = kind
    self.reference = reference
    var hasher = Hasher()
    hasher.combine(kind == .account)
    hasher.combine(reference)
    hash = hasher.finalize()
  }

  package static func == (left: Self, right: Self) -> Bool {
    left.hash == right.hash && left.kind == right.kind && left.reference == right.reference
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(hash) }

  /// What tables ask for: the hash is seeded already, and to hash it again would take longer than the search.
  package func _rawHashValue(seed: Int) -> Int { hash ^ seed }

  /// Kind and reference: `customer CUST-9`.
  package var words: String { "\(kind.rawValue) \(reference)" }
}
