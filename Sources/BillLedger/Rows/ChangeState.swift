/// What the ledger knows of an object that rows change.
package struct ChangeState: Hashable, Sendable {
  /// The row that changed it last.
  package var row: RowAddress
  /// What became of that is unknown: nobody else may change it.
  package var isOpen: Bool
  /// The newest file run that has set its balance, or added to it; `nil` where none did.
  package var balanceRun: FileRunID?
  /// The last one that has set the whole of it; `nil` where none did.
  package var setRun: FileRunID?
}
