import BillLayouts

/// How the columns of a mapped file's row plan hang together: the bill's fields first, then the file's own columns.
struct MappedColumns: Sendable {
  /// How many fields the bill has.
  let targetCount: Int
  /// How many columns the file has.
  let sourceCount: Int
  /// How many of them stand before the reason columns at the end.
  let keptSources: Int
  /// What says how many columns there are.
  let countedBy: Counting

  enum Counting { case heading, firstBill, layout }

  /// For each target, the columns of the row plan from which it comes.
  let origins: [[Int]]
  /// For each target, how it is made.
  let recipes: [ValueRecipe]
  /// The columns of the row plan whose hash totals are controlled, in the layout's order.
  let hashColumns: [Int]
  /// The column of the row plan that numbers the bills.
  let sequenceColumn: Int?
  /// For each field of a record as it is cut, its column of the row plan.
  let columnOfField: [Int?]

  /// The targets that a column of the file goes into.
  func targets(of column: Int) -> [Int] { origins.indices.filter { origins[$0].contains(column) } }
}
