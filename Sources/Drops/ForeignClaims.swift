/// Files that another ledger has claimed in a drop.
package struct ForeignClaims: Hashable, Sendable {
  /// The ledger's path or address, as it noted it there; `nil` where no note is.
  package var ledger: String?
  /// Where people find them: a whole path of this machine, or a URL.
  package var folder: String
  /// The names in it, of what lies beside files too, in the alphabet's order.
  package var names: [String]

  package init(ledger: String?, folder: String, names: [String]) {
    self.ledger = ledger
    self.folder = folder
    self.names = names
  }
}
