/// What the rows of a file ask for, and where the file stands among its like.
package struct FileOrder: Hashable, Sendable {
  package var operation: OperationKind
  /// The file's date or sequence as a number, greater for a newer file; `nil` where nothing says.
  package var position: Int64?
  /// Whether rows of it state balances.
  package var setsBalances: Bool

  package init(_ operation: OperationKind = .bill, position: Int64? = nil, setsBalances: Bool? = nil) {
    self.operation = operation
    self.position = position
    self.setsBalances = setsBalances ?? operation.setsBalance
  }
}
