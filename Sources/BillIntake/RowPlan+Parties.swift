import BillLayouts
import BillModel

/// Which rows describe customers and accounts for the others of their file.
extension RowPlan {
  /// Whether what a row says of its parties counts for other rows. In a file of several operations it is what bills say of
  /// them: a party's own row sets other values, and the other rows name bills.
  func describesParties(_ cells: RowCells) -> Bool {
    guard let plan = plan(of: cells), chooser == nil || plan.operation == .bill else { return false }
    return !plan.skips(cells)
  }

  /// Whether a row that stands asks for nothing, as its amount is none that a bill can have.
  func skips(_ cells: RowCells) -> Bool {
    guard operation == .bill, rules.zeroBills != .refuse, let amount, let sum = Self.integer(cells[amount]) else {
      return false
    }
    return sum == 0 || sum < 0 && rules.negativeBills != .balance
  }

  /// Whether a row that stands raises no bill, though its operation is that of a bill: it asks for nothing, or for a change of
  /// a balance.
  func asksForNoBill(_ cells: RowCells) -> Bool {
    guard operation == .bill, rules.zeroBills != .refuse, let amount else { return false }
    return Self.integer(cells[amount]).map { $0 <= 0 } ?? false
  }

  /// How many pairs of metadata a party may have: one fewer where its balance may get a mark of what was added.
  var mostPartyMetadata: Int { rules.negativeBills == .balance ? 19 : 20 }
}
