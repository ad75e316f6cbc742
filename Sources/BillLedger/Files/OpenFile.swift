package import BillModel

/// A file with rows to mend that have not come since.
package struct OpenFile: Hashable, Sendable {
  package var id: FileRunID
  package var feed: String
  package var operation: OperationKind
  /// How many rows, by reference; those without one by the empty text.
  package var rows: [String: Int]
}
