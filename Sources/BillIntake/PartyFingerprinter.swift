/// Fingerprints of the parties that a row names, and of how it describes them.
struct PartyFingerprinter: Sendable {
  private struct Party: Sendable {
    let columns: PartyColumns
    /// Fingerprints of the attributes' names.
    let names: [UInt64]

    init(_ columns: PartyColumns, _ fingerprints: Fingerprints) {
      self.columns = columns
      names = columns.attributes.map { fingerprints.text($0.name) }
    }
  }

  private let fingerprints: Fingerprints
  private let account: Party?
  private let accountCustomer: Party?
  private let customer: Party?

  init(plan: RowPlan, fingerprints: Fingerprints) {
    self.fingerprints = fingerprints
    account = plan.account.map { Party($0, fingerprints) }
    accountCustomer = plan.accountCustomer.map { Party($0, fingerprints) }
    customer = plan.customer.map { Party($0, fingerprints) }
  }

  /// Notes the parties of a valid row.
  func note(_ cells: RowCells, in facts: inout RowFacts) {
    if let account, !cells[account.columns.reference].isEmpty {
      facts.hasAccount = true
      facts.account = fingerprints.key(cells[account.columns.reference])
      var owner: UInt64 = 0
      if let accountCustomer {
        owner = fingerprints.text(cells[accountCustomer.columns.reference])
        noteCustomer(accountCustomer, cells, in: &facts)
      }
      facts.accountValue = value(of: account, cells, from: owner)
    } else if let customer, !cells[customer.columns.reference].isEmpty {
      noteCustomer(customer, cells, in: &facts)
    }
  }

  private func noteCustomer(_ party: Party, _ cells: RowCells, in facts: inout RowFacts) {
    guard !cells[party.columns.reference].isEmpty else { return }
    facts.hasCustomer = true
    facts.customer = fingerprints.key(cells[party.columns.reference])
    facts.customerValue = value(of: party, cells, from: 0)
  }

  private func value(of party: Party, _ cells: RowCells, from start: UInt64) -> UInt64 {
    var sum = start
    for (index, attribute) in party.columns.attributes.enumerated() {
      let cell = cells[attribute.column]
      if !cell.isEmpty {
        sum = Fingerprints.combine(sum, name: party.names[index], value: fingerprints.text(cell))
      }
    }
    return sum
  }
}
