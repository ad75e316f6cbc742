import SchemaRules

/// The columns of one file laid out for the check of its rows: nothing in it is counted or allocated when it is read.
struct RowRules: Sendable {
  /// The columns that have rules, in the file's order.
  let checks: FixedList<FieldCheck>
  /// Their rules, in the same order.
  let fields: CompiledColumns
  /// All columns that hold a currency: the bill's and the parties'.
  let currencies: FixedList<Int32>
  /// All columns that hold metadata.
  let metadata: FixedList<Int32>

  init(_ plan: RowPlan) {
    var checks: [FieldCheck] = []
    var fields: [CompiledField] = []
    for (index, column) in plan.columns.enumerated() {
      guard let rules = column.rules else { continue }
      var present = ColumnSet()
      present.insert(column.bit)
      checks.append(FieldCheck(column: Int32(index), rules: Int32(fields.count), present: present))
      fields.append(rules)
    }
    self.checks = FixedList(checks)
    self.fields = CompiledColumns(fields)
    currencies = FixedList(plan.currencies.map { Int32($0) })
    metadata = FixedList(plan.metadata.map { Int32($0) })
  }
}
