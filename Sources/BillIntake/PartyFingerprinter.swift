/// Fingerprints of the parties that a row names, and of how it describes them.
struct PartyFingerprinter: Sendable {
  private struct Attribute: BitwiseCopyable {
    let column: Int
    /// The fingerprint of the attribute's name.
    let name: UInt64
  }

  /// Where one party stands, as plain figures: handing it round counts no references.
  private struct Party: Sendable {
    /// The column of its reference.
    let reference: Int
    /// Its attributes among all of them.
    let attributes: Range<Int>
  }

  private let fingerprints: Fingerprints
  private let account: Party?
  private let accountCustomer: Party?
  private let customer: Party?

  /// Of all parties.
  private let attributes: FixedList<Attribute>

  init(plan: RowPlan, fingerprints: Fingerprints) {
    var attributes: [Attribute] = []
    func party(_ columns: PartyColumns?) -> Party? {
      guard let columns else { return nil }
      let start = attributes.count
      attributes += columns.attributes.map { Attribute(column: $0.column, name: fingerprints.text($0.name)) }
      return Party(reference: columns.reference, attributes: start..<attributes.count)
    }
    self.fingerprints = fingerprints
    account = party(plan.account)
    accountCustomer = party(plan.accountCustomer)
    customer = party(plan.customer)
    self.attributes = FixedList(attributes)
  }

  /// Notes the parties of a valid row.
  func note(_ cells: RowCells, in facts: inout RowFacts) {
    if let account, !cells[account.reference].isEmpty {
      facts.hasAccount = true
      facts.account = fingerprints.key(cells[account.reference])
      var owner: UInt64 = 0
      if let accountCustomer {
        owner = fingerprints.text(cells[accountCustomer.reference])
        noteCustomer(accountCustomer, owner, cells, in: &facts)
      }
      facts.accountValue = value(of: account, cells, from: owner)
    } else if let customer, !cells[customer.reference].isEmpty {
      noteCustomer(customer, fingerprints.text(cells[customer.reference]), cells, in: &facts)
    }
  }

  private func noteCustomer(_ party: Party, _ reference: UInt64, _ cells: RowCells, in facts: inout RowFacts) {
    guard !cells[party.reference].isEmpty else { return }
    facts.hasCustomer = true
    facts.customer = fingerprints.key(reference)
    facts.customerValue = value(of: party, cells, from: 0)
  }

  private func value(of party: Party, _ cells: RowCells, from start: UInt64) -> UInt64 {
    var sum = start
    let attributes = self.attributes.view
    for index in party.attributes {
      let attribute = attributes[index]
      let cell = cells[attribute.column]
      if !cell.isEmpty { sum = Fingerprints.combine(sum, name: attribute.name, value: fingerprints.text(cell)) }
    }
    return sum
  }
}
