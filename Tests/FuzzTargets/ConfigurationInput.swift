import SchemaRules
import Schemas

/// A configuration file: parsed, held against its schema, and written again.
struct ConfigurationInput {
  private static let schema = try? CompiledSchema(json: Schemas.config)

  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func run() {
    guard let value = try? JSONValue(parsing: bytes, options: .init(allowsComments: true)) else { return }
    _ = Self.schema?.validate(value)
    let written = value.encoded
    let again = try? JSONValue(parsing: written)
    precondition(again == value && again?.encoded == written, "another value when it is written and read again")
  }
}
