import CScan
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
  /// Whether each row names one party at most, and what it says of it lies side by side, so that rows can be gone through
  /// column by column.
  private let isPlain: Bool

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
    let blocks = [account, accountCustomer, customer].compactMap(\.self)
    isPlain = (account == nil || customer == nil) && blocks.allSatisfy { $0.block != nil || $0.attributes.isEmpty }
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
    if let block = party.block, block.upperBound <= cells.fields.count {
      return Fingerprints.combine(start, name: 0, value: value(of: block, cells))
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

  /// One fingerprint of all values of a block. Where they stand in the row as they lie there, with the few bytes between
  /// them, it is of these bytes: equal values written otherwise (in quotes or not) have different ones, and so are compared
  /// on their bytes.
  @inline(__always)
  private func value(of block: Range<Int>, _ cells: RowCells) -> UInt64 {
    guard let first = cells.fields.baseAddress else { return 0 }
    let spans = UnsafeRawPointer(first + block.lowerBound).assumingMemoryBound(to: cscan_span.self)
    let row = cscan_column(base: cells.base, spans: spans, stride: 0, rows: 1, digest: nil)
    var hash: UInt64 = 0
    cscan_block_hashes(row, block.count, fingerprints.seed, &hash)
    return hash
  }
}

/// The same for up to 64 rows at once, column by column.
extension PartyFingerprinter {
  /// Notes the parties of rows.
  ///
  /// - Parameters:
  ///   - rows: Their first column; the others follow.
  ///   - valid: Which of them count, by bits.
  /// - Returns: whether it did; else they have to be noted one by one.
  func note(_ rows: cscan_column, of valid: UInt64, _ room: borrowing FactRoom, _ facts: FactLists)
    -> Bool
  {
    guard isPlain else { return false }
    if let account {
      note(account, rows, of: valid, room, facts)
    } else if let customer {
      let present = fingerprints.texts(rows, customer.reference, room.owners) & valid
      noteValues(of: customer, rows, room.values)
      facts.sayings.append(atMost: rows.rows) { places in
        var count = 0
        for row in 0..<rows.rows {
          places[count] = FactLists.Saying(
            account: 0, accountValue: 0, customer: fingerprints.key(room.owners[row]),
            customerValue: Self.value(of: customer, room.values[row], from: 0))
          count &+= Int(present >> UInt64(row) & 1)
        }
        return count
      }
    }
    return true
  }

  private func note(
    _ account: Party, _ rows: cscan_column, of valid: UInt64, _ room: borrowing FactRoom,
    _ facts: FactLists
  ) {
    let present = fingerprints.texts(rows, account.reference, room.accounts) & valid
    noteValues(of: account, rows, room.accountValues)
    var owned: UInt64 = 0
    let customer = accountCustomer ?? account
    if let accountCustomer {
      owned = fingerprints.texts(rows, accountCustomer.reference, room.owners)
      noteValues(of: accountCustomer, rows, room.values)
    } else {
      room.owners.update(repeating: 0, count: rows.rows)
    }
    facts.sayings.append(atMost: rows.rows) { places in
      var count = 0
      for row in 0..<rows.rows {
        // All bits where the account has a customer.
        let isOwned = 0 &- (owned >> UInt64(row) & 1)
        let owner = room.owners[row]
        places[count] = FactLists.Saying(
          account: fingerprints.key(room.accounts[row]),
          accountValue: Self.value(of: account, room.accountValues[row], from: owner),
          customer: fingerprints.key(owner) & isOwned,
          customerValue: Self.value(of: customer, room.values[row], from: 0) & isOwned)
        count &+= Int(present >> UInt64(row) & 1)
      }
      return count
    }
  }

  /// Notes the fingerprints of what rows say of a party, where its attributes lie side by side.
  private func noteValues(of party: Party, _ rows: cscan_column, _ values: UnsafeMutablePointer<UInt64>) {
    guard let block = party.block else { return }
    cscan_block_hashes(rows.column(block.lowerBound), block.count, fingerprints.seed, values)
  }

  @inline(__always)
  private static func value(of party: Party, _ value: UInt64, from start: UInt64) -> UInt64 {
    party.block == nil ? start : Fingerprints.combine(start, name: 0, value: value)
  }
}
