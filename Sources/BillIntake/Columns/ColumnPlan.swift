import BillLayouts
package import SchemaRules

/// One column of a file: its heading, and the field that it fills.
package struct ColumnPlan: Sendable {
  /// The heading as the file has it.
  package let heading: String
  /// The rules of its field; `nil` for a column that is passed over.
  package let rules: CompiledField?
  /// The field's place in the bill; `nil` for a column that is passed over.
  let path: FieldPath?
  /// Its bit among the columns that fill a field.
  let bit: Int

  /// Whether the column is one of our own reason columns.
  package var isPassedOver: Bool { rules == nil }
}
