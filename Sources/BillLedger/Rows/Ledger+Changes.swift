package import BillModel

extension Ledger {
  /// What a row gave a customer or an account last beside a balance, as a number; `nil` where that isn't known, or a
  /// change of it is open.
  package func attributes(of key: PartyKey) throws(LedgerError) -> Int64? {
    let object = ObjectKind(key.kind)
    if let change = try change(of: object, key.reference), change.isOpen { return nil }
    let statement = changeStatements.findAttributes
    statement.bind(1, object.code)
    statement.bind(2, key.reference)
    defer { statement.reset() }
    return try statement.step() ? statement.integer(0) : nil
  }

  /// What is known of an object that rows change; `nil` where none did.
  package func change(of object: ObjectKind, _ reference: String) throws(LedgerError) -> ChangeState? {
    let statement = changeStatements.find
    statement.bind(1, object.code)
    statement.bind(2, reference)
    defer { statement.reset() }
    guard try statement.step() else { return nil }
    return ChangeState(
      row: RowAddress(fileRun: FileRunID(statement.integer(0)), record: Int(statement.integer(1))),
      isOpen: statement.integer(2) != 0,
      balanceRun: statement.isNull(3) ? nil : FileRunID(statement.integer(3)))
  }
}
