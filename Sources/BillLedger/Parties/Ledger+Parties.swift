package import BillModel

extension Ledger {
  /// Whether the ledger knows no bill and no party. `false` proves nothing.
  package var knowsNothing: Bool { !tables.mayHoldBills && partyClaims.isEmpty }

  /// What is known of a party; `nil` where nothing is, also where it is known by an id that can't be one: versions before
  /// took such from answers, and no request that names it can succeed.
  package func party(_ key: PartyKey) throws(LedgerError) -> PartyState? {
    // Needs no tables, and nearly every new party is told by it.
    if heldTables.partyClaims.isNew(key) { return nil }
    if let holder = try partyClaims.holder(of: key) { return .claimed(by: holder) }
    guard let party = try keptParty(key), party.hasID else { return nil }
    return .known(party)
  }

  /// A party as it was written, whatever its id.
  func keptParty(_ key: PartyKey) throws(LedgerError) -> KnownParty? {
    let statement = claimStatements.findParty
    statement.bind(1, key.kind.code)
    statement.bind(2, key.reference)
    guard try statement.step() else { return nil }
    defer { statement.reset() }
    guard let id = statement.text(0) else { throw unreadable("a party's id") }
    return KnownParty(key: key, id: id, customerReference: statement.text(1))
  }

  /// Some parties that are known: the first ones and the last ones by name, so many at most of each.
  package func someParties(limit: Int) throws(LedgerError) -> [PartyKey] {
    let statement = try Statement(
      database,
      """
      SELECT kind, reference FROM (SELECT kind, reference FROM party ORDER BY kind, reference LIMIT ?1) AS first_ones
      UNION
      SELECT kind, reference FROM (
        SELECT kind, reference FROM party ORDER BY kind DESC, reference DESC LIMIT ?1) AS last_ones
      """)
    statement.bind(1, limit)
    var parties: [PartyKey] = []
    while try statement.step() {
      guard let kind = PartyKind(code: statement.integer(0)), let reference = statement.text(1) else {
        throw unreadable("a party")
      }
      parties.append(PartyKey(kind, reference))
    }
    return parties
  }

  /// What is known of the bill with this reference; `nil` where nothing is.
  package func bill(_ reference: String) throws(LedgerError) -> BillState? {
    guard tables.mayHoldBills else { return nil }
    let statement = claimStatements.findBill
    statement.bind(1, reference)
    guard try statement.step() else { return nil }
    defer { statement.reset() }
    guard !statement.isNull(2), let code = RowCode(rawValue: statement.integer(2)) else {
      throw unreadable("the state of a bill's row")
    }
    let holder = RowAddress(fileRun: FileRunID(statement.integer(0)), record: Int(statement.integer(1)))
    guard code.isAccepted else { return .claimed(by: holder) }
    return .settled(
      billID: statement.text(3), by: holder, content: statement.isNull(4) ? nil : statement.integer(4))
  }

  /// The parties that a row carries and whose fate isn't known, in no order.
  package func partyClaims(of row: RowAddress) throws(LedgerError) -> [PartyKey] { try partyClaims.keys(of: row) }
}
