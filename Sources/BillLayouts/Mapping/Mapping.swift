/// What fills which field.
package struct Mapping: Hashable, Sendable {
  /// A field of the bill and its recipe.
  package struct Field: Hashable, Sendable {
    /// The field's path: `amount_due`, `account.customer.name`, `metadata.period`.
    package var path: String
    package var recipe: ValueRecipe

    package init(path: String, recipe: ValueRecipe) {
      self.path = path
      self.recipe = recipe
    }
  }

  /// The columns of a bill's record that the layout names.
  package var columns: [SourceColumn]
  package var records: RecordKinds?
  /// In the layout's order.
  package var fields: [Field]

  package init(columns: [SourceColumn] = [], records: RecordKinds? = nil, fields: [Field]) {
    self.columns = columns
    self.records = records
    self.fields = fields
  }
}
