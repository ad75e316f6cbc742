package import BillModel
package import SchemaRules

extension Layout {
  /// The schema of a row that asks for `kind`, with what the layout's own rules take away, and room for the amounts that
  /// it routes elsewhere.
  ///
  /// - Throws: `SchemaError` where a schema can't be compiled.
  package func schema(of kind: OperationKind) throws(SchemaError) -> CompiledSchema {
    let routes = kind == .bill && rules.zeroBills != .refuse
    var schema = try (routes ? BuiltInSchema.routedBillRow : .row(kind)).compiled
    if routes, rules.negativeBills == .refuse { schema = schema.tightened(by: try BuiltInSchema.notNegative.compiled) }
    if routes, rules.negativeBills == .balance {
      schema = schema.tightened(by: try BuiltInSchema.roomForMark.compiled)
    }
    if !rules.schema.isEmpty { schema = schema.tightened(by: try CompiledSchema(json: Array(rules.schema.utf8))) }
    return schema
  }
}
