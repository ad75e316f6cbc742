package import BillModel

/// A row that the ledger knows: it was sent, or settled without.
package struct LedgerRow: Hashable, Sendable {
  /// Record number in its file, from 1.
  package var record: Int
  package var state: RowState

  package init(record: Int, state: RowState) {
    self.record = record
    self.state = state
  }
}
