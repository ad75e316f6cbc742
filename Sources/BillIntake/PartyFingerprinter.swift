import Tabular

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
    /// The columns of its attributes where they lie side by side, and no other columns describe such a party.
    let block: Range<Int>?
  }

  private let fingerprints: Fingerprints
  private let account: Party?
  private let accountCustomer: Party?
  private let customer: Party?

  /// Of all parties.
  private let attributes: FixedList<Attribute>

  init(plan: RowPlan, fingerprints: Fingerprints) {
    var attributes: [Attribute] = []
    func party(_ columns: PartyColumns?, isOnly: Bool = true) -> Party? {
      guard let columns else { return nil }
      let start = attributes.count
      attributes += columns.attributes.map { Attribute(column: $0.column, name: fingerprints.text($0.name)) }
      return Party(
        reference: columns.reference, attributes: start..<attributes.count,
        block: isOnly ? Self.block(columns.attributes.map(\.column)) : nil)
    }
    let isOnly = plan.accountCustomer == nil || plan.customer == nil
    self.fingerprints = fingerprints
    account = party(plan.account)
    accountCustomer = party(plan.accountCustomer, isOnly: isOnly)
    customer = party(plan.customer, isOnly: isOnly)
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

  private static func block(_ columns: [Int]) -> Range<Int>? {
    guard let first = columns.min(), let last = columns.max(), last - first == columns.count - 1, columns.count <= 8
    else { return nil }
    return first..<last + 1
  }

  private func value(of party: Party, _ cells: RowCells, from start: UInt64) -> UInt64 {
    if let block = party.block, let sum = value(of: block, cells) {
      return Fingerprints.combine(start, name: 0, value: sum)
    }
    var sum = start
    let attributes = self.attributes.view
    for index in party.attributes {
      let attribute = attributes[index]
      let cell = cells[attribute.column]
      if !cell.isEmpty { sum = Fingerprints.combine(sum, name: attribute.name, value: fingerprints.text(cell)) }
    }
    return sum
  }

  /// One fingerprint of all values of a block where they stand in the row as they lie there, with the few bytes between
  /// them, and of where each of them begins and ends: equal ones are of equal values. Equal values written otherwise (in
  /// quotes or not) have different ones, and so are compared on their bytes. `nil` where they don't lie so.
  @inline(__always)
  private func value(of block: Range<Int>, _ cells: RowCells) -> UInt64? {
    guard block.upperBound <= cells.fields.count else { return nil }
    let begin = cells.fields[block.lowerBound].start
    var end = begin
    var places: UInt64 = 0
    for column in block {
      let field = cells.fields[column]
      // At most a delimiter and two quotes.
      guard field.start &- end <= 3, field.end &- begin < 1 << 12 else { return nil }
      places = (places &+ UInt64(field.start &- begin) << 12 &+ UInt64(field.end &- begin)) &* 0x9e37_79b9_7f4a_7c15
      end = field.end
    }
    let bytes = UnsafeBufferPointer(start: cells.base + Int(begin), count: Int(end &- begin))
    return fingerprints.text(bytes) ^ places
  }
}
