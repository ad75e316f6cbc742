import SchemaRules

/// A JSON Schema and a value, which is checked as JSON and as the text of each field.
struct SchemaInput {
  let schema: [UInt8]
  let value: [UInt8]

  init(_ bytes: [UInt8]) { (schema, value) = ByteSupply(bytes).halves }

  func run() {
    guard let schema = try? CompiledSchema(json: schema) else { return }
    for path in schema.leafPaths.prefix(20) {
      guard let field = schema.field(path) else { continue }
      _ = value.withUnsafeBufferPointer { field.check($0) }
      _ = FieldScreen(field)
    }
    let columns = schema.leafPaths.filter { schema.field($0) != nil }
    _ = try? schema.presence(columns: Array(columns.prefix(20)))
    guard let value = try? JSONValue(parsing: value, options: .init(allowsComments: true)) else { return }
    _ = schema.validate(value)
  }
}
