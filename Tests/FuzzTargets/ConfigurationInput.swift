import SchemaRules
import Schemas

/// A configuration file: parsed, and held against its schema.
struct ConfigurationInput {
  private static let schema = try? CompiledSchema(json: Schemas.config)

  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func run() {
    guard let value = try? JSONValue(parsing: bytes, options: .init(allowsComments: true)) else { return }
    _ = Self.schema?.validate(value)
  }
}
