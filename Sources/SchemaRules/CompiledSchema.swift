/// A JSON Schema (the subset of draft 2020-12 that `SchemaKeyword` states), compiled.
package struct CompiledSchema: Sendable {
  /// Field paths of the scalar leaves, in the schema's order: the headings that a file can have. A map with free keys
  /// has one entry, `metadata.*`.
  package let leafPaths: [String]

  /// - Parameters:
  ///   - json: The schema's text.
  ///   - resolving: The text of another document by the name that a `$ref` has (`customer.schema.json`), or `nil`.
  /// - Throws: `SchemaError` for a text that is no JSON, and for any keyword or use outside of the subset.
  package init(json: [UInt8], resolving: (String) -> [UInt8]? = { _ in nil }) throws(SchemaError) {
    leafPaths = []
  }

  /// The rules of the scalar at a field path, or `nil` where the schema has none there. A key of a map with free keys
  /// is all that follows the map's path: `metadata.a.b` is the key `a.b`.
  package func field(_ path: String) -> CompiledField? {
    nil
  }

  /// The rules of the keys of a map with free keys (`propertyNames`): `keys(of: "metadata")`.
  package func keys(of path: String) -> CompiledField? {
    nil
  }

  /// The rules about presence, for the columns of one file.
  ///
  /// - Parameter columns: Field paths, each once and each known to `field(_:)`.
  /// - Throws: `SchemaError` where a rule over several members looks at more than their presence.
  package func presence(columns: [String]) throws(SchemaError) -> PresenceRules {
    PresenceRules(columns: columns)
  }

  /// This schema, and another over the same value beside it: how a merchant's own rules tighten it.
  package func tightened(by overlay: CompiledSchema) -> CompiledSchema {
    self
  }

  /// All that is wrong with a value; empty where it is valid.
  package func validate(_ value: JSONValue) -> [SchemaViolation] {
    []
  }
}
