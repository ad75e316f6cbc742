package import BillModel

extension Ledger {
  /// What is known of a party; `nil` where nothing is.
  package func party(_ key: PartyKey) throws(LedgerError) -> PartyState? {
    let statement = claimStatements.findParty
    statement.bind(1, key.kind.code)
    statement.bind(2, key.reference)
    guard try statement.step() else { return nil }
    defer { statement.reset() }
    if let id = statement.text(0) {
      return .known(KnownParty(key: key, id: id, customerReference: statement.text(1)))
    }
    return .claimed(by: Self.address(statement, 2))
  }

  /// What is known of the bill with this reference; `nil` where nothing is.
  package func bill(_ reference: String) throws(LedgerError) -> BillState? {
    let statement = claimStatements.findBill
    statement.bind(1, reference)
    guard try statement.step() else { return nil }
    defer { statement.reset() }
    guard !statement.isNull(2), let code = RowCode(rawValue: statement.integer(2)) else {
      throw unreadable("the state of a bill's row")
    }
    let holder = Self.address(statement, 0)
    return code.isAccepted ? .settled(billID: statement.text(3), by: holder) : .claimed(by: holder)
  }

  /// The parties that a row carries and whose fate isn't known, by kind and reference.
  package func partyClaims(of row: RowAddress) throws(LedgerError) -> [PartyKey] {
    let statement = claimStatements.partiesOf
    statement.bind(1, row.fileRun.value)
    statement.bind(2, row.record)
    var keys: [PartyKey] = []
    while try statement.step() {
      guard let kind = PartyKind(code: statement.integer(0)), let reference = statement.text(1) else { continue }
      keys.append(PartyKey(kind, reference))
    }
    return keys
  }

  /// The row whose file run and record stand in `column` and the one after it.
  private static func address(_ statement: Statement, _ column: Int32) -> RowAddress {
    RowAddress(fileRun: FileRunID(statement.integer(column)), record: Int(statement.integer(column + 1)))
  }
}
