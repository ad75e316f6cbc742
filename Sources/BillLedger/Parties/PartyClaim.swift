package import BillModel

/// A row's wish to be the one that creates a party.
package struct PartyClaim: Hashable, Sendable {
  /// Record number of the row in its file, from 1.
  package var record: Int
  package var key: PartyKey

  package init(record: Int, key: PartyKey) {
    self.record = record
    self.key = key
  }
}
