import BillLayouts
import BillModel

/// The metadata columns of a bill or a party, in the file's order.
struct MetadataColumns: Sendable {
  private let columns: [(column: Int, key: String)]

  init(_ owner: FieldPath.Owner, in plan: RowPlan) {
    columns = plan.columns.enumerated().compactMap { index, column in
      guard let path = column.path, path.owner == owner, case .metadata(let key) = path.attribute else { return nil }
      return (index, key)
    }
  }

  /// The pairs of a row; an empty cell is none.
  func values(_ cells: RowCells) -> Metadata {
    var pairs = Metadata()
    for (column, key) in columns {
      if let value = cells.text(column) { pairs.append(key: key, value: value) }
    }
    return pairs
  }
}
