import Foundation
import HTTPServing
import SchemaRules

@testable import SandboxServer

/// The API's contract as `schemas/moment-billing.openapi.json` has it, for answers. OpenAPI 3.1.
struct Contract {
  private static let name = "api.json"

  private let text: [UInt8]
  private let document: JSONValue

  init() throws {
    let schemas = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../schemas")
    text = Array(try Data(contentsOf: schemas.appending(path: "moment-billing.openapi.json")))
    document = try JSONValue(parsing: text)
  }

  /// What of an answer the contract doesn't allow; words.
  func violations(_ method: HTTPMethod, _ path: String, _ answer: Scene.Answer) throws -> [String] {
    let isKnown = answer.status < 500
    let status = isKnown ? String(answer.status) : "\(answer.status / 100)XX"
    guard let operation = operation(method, path) else { return ["no such call: \(method.rawValue) \(path)"] }
    guard let response = operation["responses"]?[status] else { return ["status \(status) of \(path)"] }
    let type = answer.outgoing.contentType
    guard let schema = resolved(response)["content"]?[type]?["schema"] else { return ["type \(type) of \(status)"] }
    return try compiled(schema).validate(answer.body).map { "\($0.pointer): \($0.message)" }
  }

  private func operation(_ method: HTTPMethod, _ path: String) -> JSONValue? {
    let parts = path.split(separator: "/")
    let paths = document["paths"]?.object?.members ?? []
    let match = paths.first { member in
      let names = member.key.split(separator: "/")
      return names.count == parts.count && zip(names, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }
    return match?.value[method.rawValue.lowercased()]
  }

  private func resolved(_ value: JSONValue) -> JSONValue {
    guard let reference = value["$ref"]?.string else { return value }
    return reference.split(separator: "/").dropFirst().reduce(document) { $0[String($1)] ?? .null }
  }

  /// The schema by itself, its references led into the whole document.
  private func compiled(_ schema: JSONValue) throws -> CompiledSchema {
    var outside = JSONObject()
    outside["$ref"] = .string(Self.name + (schema["$ref"]?.string ?? ""))
    return try CompiledSchema(json: JSONValue.object(outside).encoded) { $0 == Self.name ? text : nil }
  }
}
