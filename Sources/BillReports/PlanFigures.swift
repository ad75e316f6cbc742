package import BillModel

/// What a plan says of a file beside its rows and money.
package struct PlanFigures: Sendable {
  /// Rows by what is foreseen of them.
  package var rows: [PlannedRow: Int]
  /// Requests that submitting by the plan takes: creations, and questions.
  package var creations: Int
  package var questions: Int
  /// Parties that would be created.
  package var customers: Int
  package var accounts: Int
  /// Questions that making the plan took.
  package var asked: Int
  /// Requests a second that the time is reckoned by.
  package var rate: Double

  package init(
    rows: [PlannedRow: Int], creations: Int, questions: Int, customers: Int, accounts: Int, asked: Int, rate: Double
  ) {
    self.rows = rows
    self.creations = creations
    self.questions = questions
    self.customers = customers
    self.accounts = accounts
    self.asked = asked
    self.rate = rate
  }

  /// Requests in all.
  package var requests: Int { creations + questions }

  /// How long they take at the rate.
  package var seconds: Double { rate > 0 ? Double(requests) / rate : 0 }

  /// Writes the figures as a member `plan`.
  package func write(_ json: inout JSONText, key: String = "plan") {
    json.object(key) { json in
      json.object("requests") {
        $0.integer("create", creations)
        $0.integer("ask", questions)
        $0.seconds("per_second", rate)
        $0.seconds("seconds", seconds)
      }
      json.object("parties") {
        $0.integer("customers", customers)
        $0.integer("accounts", accounts)
      }
      json.integer("paid", rows[.paid] ?? 0)
      json.integer("voided", rows[.voided] ?? 0)
      json.integer("by_ledger", rows[.known] ?? 0)
      json.integer("asked", asked)
    }
  }
}
