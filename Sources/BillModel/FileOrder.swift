/// What the rows of a file ask for, and where the file stands among its like.
package struct FileOrder: Hashable, Sendable {
  package var operation: OperationKind
  /// The file's date or sequence as a number, greater for a newer file; `nil` where nothing says.
  package var position: Int64?

  package init(_ operation: OperationKind = .bill, position: Int64? = nil) {
    self.operation = operation
    self.position = position
  }
}
