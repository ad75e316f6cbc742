import Schemas
import Testing

@testable import SchemaRules

@Suite struct SchemaDocumentTests {
  @Test(arguments: ["summary", "receipt", "verify", "diff", "config", "layout"])
  func `every schema of what we write and read can be compiled`(name: String) throws {
    let text = try #require(Schemas.document(named: "\(name).schema.json"))
    _ = try CompiledSchema(json: text, resolving: Schemas.document(named:))
  }
}
