/// What the ledger knows of an object that rows change.
package struct ChangeState: Hashable, Sendable {
  /// The row that changed it last.
  package var row: RowAddress
  /// What became of that is unknown: nobody else may change it.
  package var isOpen: Bool
  /// The file run whose balance it has; `nil` where none set one.
  package var balanceRun: FileRunID?
}
