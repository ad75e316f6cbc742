import SchemaRules

/// What is asked of one column of every row: its rules and its bit, and nothing else, so that the loop over the columns
/// touches little memory.
struct FieldCheck: Sendable {
  let rules: CompiledField
  let column: Int
  let bit: Int
  let attribute: FieldPath.Attribute

  /// `nil` for a column that is passed over.
  init?(_ plan: ColumnPlan, column: Int) {
    guard let rules = plan.rules, let path = plan.path else { return nil }
    self.rules = rules
    self.column = column
    bit = plan.bit
    attribute = path.attribute
  }
}
