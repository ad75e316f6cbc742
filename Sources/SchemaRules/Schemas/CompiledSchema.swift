/// A JSON Schema (the subset of draft 2020-12 that `SchemaKeyword` states), compiled.
package struct CompiledSchema: Sendable {
  /// Field paths of the scalar leaves, in the schema's order: the headings that a file can have. A map with free keys
  /// has one entry, `metadata.*`.
  package let leafPaths: [String]
  private let root: SchemaNode

  /// - Parameters:
  ///   - json: The schema's text.
  ///   - resolving: The text of another document by the name that a `$ref` has (`customer.schema.json`), or `nil`.
  /// - Throws: `SchemaError` for a text that is no JSON, and for any keyword or use outside of the subset.
  package init(
    json: [UInt8], resolving: @escaping (String) -> [UInt8]? = { _ in nil }
  ) throws(SchemaError) {
    var compiler = SchemaCompiler(resolving: resolving)
    self.init(root: try compiler.compileDocument(json))
  }

  private init(root: SchemaNode) {
    self.root = root
    leafPaths = [root].leafPaths(under: "")
  }

  /// The rules of the scalar at a field path, or `nil` where the schema has none there. A key of a map with free keys
  /// is all that follows the map's path: `metadata.a.b` is the key `a.b`.
  package func field(_ path: String) -> CompiledField? {
    guard let schemas = [root].steps(to: path)?.last?.schemas, let kind = schemas.scalarKind else { return nil }
    return FieldCompiler(schemas, kind: kind).field(path: path)
  }

  /// The rules of the keys of a map with free keys (`propertyNames`): `keys(of: "metadata")`. `nil` where the path
  /// leads to no such map.
  package func keys(of path: String) -> CompiledField? {
    guard let schemas = [root].steps(to: path)?.last?.schemas, schemas.isMap else { return nil }
    let names = schemas.objectParts.flatMap { part in
      part.rules.compactMap { rule in
        if case .propertyNames(let names) = rule { names } else { nil }
      }
    }
    return FieldCompiler(names, kind: .string).field(path: path)
  }

  /// The rules about presence, for the columns of one file.
  ///
  /// - Parameter columns: Field paths, each once and each known to `field(_:)`; at most `ColumnSet.capacity`.
  /// - Throws: `SchemaError` where a rule over several members looks at more than their presence.
  package func presence(columns: [String]) throws(SchemaError) -> PresenceRules {
    var compiler = PresenceCompiler(root: root, columns: columns)
    return try compiler.compile()
  }

  /// This schema, and another over the same value beside it: how a merchant's own rules tighten it. The other one can
  /// only take away, never allow.
  package func tightened(by overlay: CompiledSchema) -> CompiledSchema {
    var both = SchemaNode(place: root.place)
    both.title = root.title
    both.description = root.description
    both.rules = [.combination(.allOf, [root, overlay.root])]
    return CompiledSchema(root: both)
  }

  /// All that is wrong with a value; empty where it is valid.
  package func validate(_ value: JSONValue) -> [SchemaViolation] {
    SchemaValidator.violations(of: value, against: root)
  }
}
