import BillLayouts
import BillModel
import SchemaRules

/// One of the operations that a row of a file of several operations may ask for, with the rules of its rows.
struct RowVariant: Sendable {
  let kind: OperationKind
  let schema: CompiledSchema

  /// The same columns for a row of this operation: those that it has no use for are passed over.
  func columns(_ columns: [ColumnPlan]) -> [ColumnPlan] {
    var bit = 0
    return columns.map { column in
      guard let path = column.path, let rules = schema.field(path.description) else {
        return ColumnPlan(heading: column.heading, rules: nil, path: nil, bit: 0)
      }
      defer { bit += 1 }
      return ColumnPlan(heading: column.heading, rules: rules, path: path, bit: bit)
    }
  }
}
