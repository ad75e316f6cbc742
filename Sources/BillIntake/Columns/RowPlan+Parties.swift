import BillLayouts
import BillModel

/// Which rows describe customers and accounts for the others of their file.
extension RowPlan {
  /// Whether what a row says of its parties counts for other rows. In a file of several operations it is what bills say of
  /// them: a party's own row sets other values, and the other rows name bills.
  func describesParties(_ cells: RowCells) -> Bool {
    guard let plan = plan(of: cells), chooser == nil || plan.operation == .bill else { return false }
    return plan.routing(cells) != .skip
  }

  /// What becomes of a row that stands though its operation is that of a bill: it asks for nothing, or for a change of a
  /// balance; `nil` where it raises a bill, or does anything else.
  func routing(_ cells: RowCells) -> BillRouting? {
    guard operation == .bill, rules.zeroBills != .refuse, let amount else { return nil }
    return Self.integer(cells[amount]).flatMap { rules.routing(of: $0) }
  }

  /// How many pairs of metadata a party may have: one fewer where its balance may get a mark of what was added.
  var mostPartyMetadata: Int { rules.negativeBills == .balance ? 19 : 20 }
}
