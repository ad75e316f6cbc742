import BillModel
import SchemaRules
import Schemas
import Testing

@testable import BillIntake

/// The schemas are the only source of the row rules: other text, other verdicts, and no Swift changed.
@Suite struct SchemaEditTests {
  private func codes(_ edits: [(String, String, String)], _ row: String) throws -> [String] {
    func edited(_ name: String) -> [UInt8]? {
      guard let bytes = Schemas.document(named: name) else { return nil }
      var text = String(decoding: bytes, as: UTF8.self)
      for (document, old, new) in edits where document == name {
        let parts = text.components(separatedBy: old)
        #expect(parts.count > 1, "\(old) is not in \(name)")
        text = parts.joined(separator: new)
      }
      return Array(text.utf8)
    }
    let intake = try Intake(rowSchema: edited("bill.schema.json") ?? [], resolving: edited)
    let head = "external_reference,currency,amount_due,due_date,customer.external_reference,customer.email\n"
    let check = try intake.check(.memory(Array((head + row + "\n").utf8), name: "m"), temporaryFolder: "/tmp")
    var reader = check.findings()
    var codes: [String] = []
    while let finding = try reader.next() { codes.append(finding.code.rawValue + ": " + finding.hint) }
    return codes
  }

  private let good = "INV-1,ZAR,50000,,C,"

  @Test func `a smaller maximum rejects what stood, and the hint says the new one`() throws {
    #expect(try codes([], good) == [])
    let found = try codes([("bill.schema.json", "\"maximum\": 99999999", "\"maximum\": 49999")], good)
    #expect(found == ["amount.range: It is an integer of minor units (cents) from 1 to 49999."])
  }

  @Test func `another pattern rejects what stood`() throws {
    let edit = ("customer.schema.json", "\"^[a-zA-Z0-9_-]+$\"", "\"^[a-z]+$\"")
    #expect(try codes([edit], good).map { $0.prefix(17) } == ["reference.pattern", "reference.pattern"])
    #expect(try codes([edit], "inv,ZAR,50000,,c,") == [])
  }

  @Test func `a longer list of what is required rejects what stood`() throws {
    let edit = (
      "bill.schema.json", "\"required\": [\"external_reference\", \"currency\", \"amount_due\"]",
      "\"required\": [\"external_reference\", \"currency\", \"amount_due\", \"due_date\"]"
    )
    #expect(try codes([edit], good).map { $0.prefix(13) } == ["date.required"])
    let email = (
      "customer.schema.json", "\"required\": [\"external_reference\"]",
      "\"required\": [\"external_reference\", \"email\"]"
    )
    #expect(try codes([email], good).map { $0.prefix(14) } == ["email.required"])
  }

  @Test func `a keyword that isn't known is an error`() {
    #expect(throws: SchemaError.self) {
      try codes([("bill.schema.json", "\"maximum\": 99999999", "\"maximun\": 99999999")], good)
    }
  }
}

extension String {
  /// The parts between the occurrences of a text.
  fileprivate func components(separatedBy separator: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}
