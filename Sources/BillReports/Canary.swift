package import BillModel

/// The rows of a file that were sent before all others, as they were read back from the API.
package struct Canary: Sendable {
  /// What a row asked for and what the API has, field by field.
  package struct Field: Hashable, Sendable {
    /// The API's path.
    package var name: String
    package var asked: String
    /// `nil` where the API has nothing there.
    package var found: String?
    package var isSame: Bool

    package init(name: String, asked: String, found: String?, isSame: Bool) {
      self.name = name
      self.asked = asked
      self.found = found
      self.isSame = isSame
    }
  }

  /// One of the rows.
  package struct Row: Sendable {
    /// From 1.
    package var record: Int
    package var reference: String
    package var outcome: RowOutcome
    /// The bill's id at the API.
    package var id: String?
    package var fields: [Field]
    /// Why there is nothing to compare.
    package var trouble: String?

    package init(
      record: Int, reference: String, outcome: RowOutcome, id: String? = nil, fields: [Field] = [],
      trouble: String? = nil
    ) {
      self.record = record
      self.reference = reference
      self.outcome = outcome
      self.id = id
      self.fields = fields
      self.trouble = trouble
    }

    /// Whether the API has the bill as the row asked for it.
    package var isAsSent: Bool { trouble == nil && fields.allSatisfy(\.isSame) }

    /// What isn't, in words; `nil` where all is.
    package var difference: String? {
      if let trouble { return trouble }
      let others = fields.filter { !$0.isSame }.map { "\($0.name) \($0.found ?? "nothing") instead of \($0.asked)" }
      return others.isEmpty ? nil : others.joined(separator: ", ")
    }
  }

  /// In the file's order.
  package var rows: [Row]

  package init(rows: [Row]) { self.rows = rows }

  /// The first row that isn't at the API as it was sent.
  package var firstDifference: Row? { rows.first { !$0.isAsSent } }

  /// Writes the rows as a member `canary`.
  func write(_ json: inout JSONText) {
    json.array("canary") { list in
      for row in rows {
        list.object { json in
          json.integer("record", row.record)
          json.string("external_reference", row.reference)
          json.string("outcome", row.outcome.rawValue)
          if let id = row.id { json.string("id", id) }
          json.boolean("as_sent", row.isAsSent)
          if let trouble = row.trouble { json.string("message", trouble) }
          json.array("fields") { fields in
            for field in row.fields {
              fields.object { json in
                json.string("name", field.name)
                json.string("asked", field.asked)
                json.string("found", field.found)
                json.boolean("same", field.isSame)
              }
            }
          }
        }
      }
    }
  }
}
