import BillModel
package import SchemaRules

/// The headings that a file can have: the schema's leaves, as far as a bill has a place for them.
package struct FieldCatalog: Sendable {
  /// The columns that our own `rejected.csv` appends; read, and passed over.
  package static let reasonColumns = RejectedColumns.headings

  package let schema: CompiledSchema
  /// In the schema's order; `metadata.*` stands for every key.
  package let names: [String]

  package init(schema: CompiledSchema) {
    self.schema = schema
    names = schema.leafPaths.filter { FieldPath($0) != nil }
  }

  /// The names by which a slip of the pen can be mended: free keys left out.
  package var namesForHints: [String] { names.filter { !$0.hasSuffix(".*") } + Self.reasonColumns }

  /// The field that a heading names, or `nil` where there is none.
  package func field(_ heading: String) -> (path: FieldPath, rules: CompiledField)? {
    guard let path = FieldPath(heading), path.description == heading, let rules = schema.field(heading) else {
      return nil
    }
    return (path, rules)
  }

  /// The key of a heading of metadata that billdrop writes itself, as the mark of what it added; `nil` where it is none.
  package static func markKey(_ heading: String) -> String? {
    guard case .metadata(let key) = FieldPath(heading)?.attribute,
      key == Payment.metadataKey || key == Credit.metadataKey
    else { return nil }
    return key
  }

  /// Why a metadata key can't be one; `nil` where it can, or the heading is no metadata.
  package func keyFault(_ heading: String) -> (key: String, fault: FieldFault, rule: FieldRule)? {
    guard let path = FieldPath(heading), case .metadata(let key) = path.attribute else { return nil }
    guard let rules = schema.keys(of: String(heading.dropLast(key.count + 1))) else { return nil }
    var text = key
    guard let fault = text.withUTF8({ rules.check($0) }) else { return nil }
    return (key, fault, rules.rule)
  }
}
