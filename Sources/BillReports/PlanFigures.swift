package import BillModel

/// What a plan says of a file beside its rows and money.
package struct PlanFigures: Sendable {
  /// Money of bills that would be voided and raised again, in minor units.
  package struct Correction: Hashable, Sendable {
    package var before: Int64 = 0
    package var after: Int64 = 0

    package init() {}
  }

  /// Rows by what is foreseen of them.
  package var rows: [PlannedRow: Int]
  /// Requests that submitting by the plan takes: creations, and questions.
  package var creations: Int
  package var questions: Int
  /// PATCHes and voids.
  package var changes = 0
  /// What is due of the bills that would be voided, by currency.
  package var voidedMoney: [CurrencyCode: Int64] = [:]
  /// The same of those that would be corrected.
  package var correctedMoney: [CurrencyCode: Correction] = [:]
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
  package var requests: Int { creations + changes + questions }

  /// How long they take at the rate.
  package var seconds: Double { rate > 0 ? Double(requests) / rate : 0 }

  /// Writes the figures as a member `plan`.
  package func write(_ json: inout JSONText, key: String = "plan") {
    json.object(key) { json in
      if let voids = rows[.voids] { writeVoids(voids, to: &json) }
      if let corrections = rows[.corrects] { writeCorrections(corrections, to: &json) }
      json.object("requests") {
        $0.integer("create", creations)
        $0.integer("change", changes)
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

  private func writeVoids(_ count: Int, to json: inout JSONText) {
    json.object("voids") { json in
      json.integer("rows", count)
      json.object("money") { json in
        for currency in voidedMoney.keys.sorted() { json.integer(currency.description, voidedMoney[currency] ?? 0) }
      }
    }
  }

  private func writeCorrections(_ count: Int, to json: inout JSONText) {
    json.object("corrections") { json in
      json.integer("rows", count)
      json.object("money") { json in
        for currency in correctedMoney.keys.sorted() {
          json.object(currency.description) { json in
            json.integer("before", correctedMoney[currency]?.before ?? 0)
            json.integer("after", correctedMoney[currency]?.after ?? 0)
          }
        }
      }
    }
  }
}
