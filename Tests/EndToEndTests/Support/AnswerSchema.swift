import Foundation
import SchemaRules

/// A schema of `schemas/` that answers to programs are held against.
struct AnswerSchema {
  private let schema: CompiledSchema

  /// - Parameter name: `status` for `status.schema.json`.
  init(_ name: String) throws {
    let file = Place.package.appending(path: "schemas/\(name).schema.json")
    schema = try CompiledSchema(json: [UInt8](Data(contentsOf: file))) { other in
      (try? Data(contentsOf: Place.package.appending(path: "schemas/\(other)"))).map { [UInt8]($0) }
    }
  }

  /// What of a text is not as the schema says; a text that is no JSON throws.
  func violations(_ text: String) throws -> [String] { violations(try JSONValue(parsing: Array(text.utf8))) }

  func violations(_ value: JSONValue) -> [String] {
    schema.validate(value).map { "\($0.pointer): \($0.message)" }
  }
}
