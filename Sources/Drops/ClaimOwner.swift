/// Whose claims lie in a drop: a ledger, by a number of its own that moves with it.
package struct ClaimOwner: Hashable, Sendable {
  /// The ledger's number: letters and digits, no more.
  package var identity: String
  /// The ledger's path, by which people know it.
  package var ledger: String
  /// Whether other processes may claim for it at the same time.
  package var isShared: Bool

  package init(identity: String, ledger: String, isShared: Bool = false) {
    self.identity = identity
    self.ledger = ledger
    self.isShared = isShared
  }
}
