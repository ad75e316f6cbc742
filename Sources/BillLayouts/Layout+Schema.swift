package import BillModel
package import SchemaRules
import Schemas

extension Layout {
  /// The schema of a row that asks for `kind`, with what the layout's own rules take away, and room for the amounts that
  /// it routes elsewhere.
  ///
  /// - Throws: `SchemaError` where a schema can't be compiled.
  package func schema(
    of kind: OperationKind, resolving: @escaping (String) -> [UInt8]? = Schemas.document(named:)
  ) throws(SchemaError) -> CompiledSchema {
    let routes = kind == .bill && rules.zeroBills != .refuse
    var schema = try CompiledSchema(json: routes ? Schemas.routedBillRow : kind.rowSchema, resolving: resolving)
    if routes, rules.negativeBills == .refuse {
      schema = schema.tightened(
        by: try CompiledSchema(json: Array(#"{"properties": {"amount_due": {"minimum": 0}}}"#.utf8)))
    }
    if !rules.schema.isEmpty { schema = schema.tightened(by: try CompiledSchema(json: Array(rules.schema.utf8))) }
    return schema
  }
}
