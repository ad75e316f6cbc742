package import BillModel
package import SchemaRules
import Schemas
import Synchronization

/// The schemas that are built in and that layouts and their rows are read by: compiled when one is first asked for, then
/// kept. Compiling one takes longer than the check of a small file, and a night has thousands of these.
package enum BuiltInSchema: Hashable, Sendable {
  /// A layout file's.
  case layout
  /// A row's that asks for this.
  case row(OperationKind)
  /// That of a row with a bill where the layout says what becomes of zero and negative amounts.
  case routedBillRow
  /// No amount below 0.
  case notNegative
  /// That of a bill's row whose customer or account may get a mark of what was added to its balance.
  case roomForMark

  private static let known = Mutex<[BuiltInSchema: CompiledSchema]>([:])

  /// The schema.
  ///
  /// - Throws: `SchemaError` where it can't be compiled.
  package var compiled: CompiledSchema {
    get throws(SchemaError) {
      if let known = Self.known.withLock({ $0[self] }) { return known }
      let schema = try CompiledSchema(json: text, resolving: Schemas.document(named:))
      Self.known.withLock { $0[self] = schema }
      return schema
    }
  }

  private var text: [UInt8] {
    switch self {
    case .layout: Schemas.layout
    case .row(let kind): kind.rowSchema
    case .routedBillRow: Schemas.routedBillRow
    case .roomForMark:
      Array(
        #"""
        {"properties": {
          "customer": {"properties": {"metadata": {"maxProperties": 19}}},
          "account": {"properties": {"metadata": {"maxProperties": 19}}}
        }}
        """#.utf8)
    case .notNegative: Array(#"{"properties": {"amount_due": {"minimum": 0}}}"#.utf8)
    }
  }
}
