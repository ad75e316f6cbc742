/// What a rehearsal found out beside rows and money, by what the stand-in for the API has seen.
package struct RehearsalFigures: Sendable {
  /// Requests of all kinds, repeats among them.
  package var requests: Int
  /// Requests a second that the real API takes.
  package var rate: Double
  /// Parties and bills that were created.
  package var customers: Int
  package var accounts: Int
  package var bills: Int
  /// Parties that were there beforehand, as the ledger knows them.
  package var knownCustomers: Int
  package var knownAccounts: Int

  package init(
    requests: Int, rate: Double, customers: Int, accounts: Int, bills: Int, knownCustomers: Int, knownAccounts: Int
  ) {
    self.requests = requests
    self.rate = rate
    self.customers = customers
    self.accounts = accounts
    self.bills = bills
    self.knownCustomers = knownCustomers
    self.knownAccounts = knownAccounts
  }

  /// How long the requests take at the rate.
  package var seconds: Double { rate > 0 ? Double(requests) / rate : 0 }

  /// Writes the figures as a member `rehearsal`.
  func write(_ json: inout JSONText) {
    json.object("rehearsal") { json in
      json.object("requests") {
        $0.integer("sent", requests)
        $0.seconds("per_second", rate)
        $0.seconds("seconds", seconds)
      }
      json.object("created") {
        $0.integer("customers", customers)
        $0.integer("accounts", accounts)
        $0.integer("bills", bills)
      }
      json.object("known") {
        $0.integer("customers", knownCustomers)
        $0.integer("accounts", knownAccounts)
      }
    }
  }
}
