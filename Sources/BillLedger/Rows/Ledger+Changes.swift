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

  /// A row beside `own` that is at this bill, or at one of those that take its place by the names of a series, and whose
  /// end isn't known: it changes one of them, or raises one in the place of another; and at which of them it is. `nil` where
  /// there is none. Without a series only who changes this one counts. Where a bill is only called as if it belonged to the
  /// series, that has its end before it.
  package func rowUnderWay(
    atBill reference: String, in series: CorrectionSeries?, beside own: RowAddress
  ) throws(LedgerError) -> (row: RowAddress, bill: String)? {
    if series != nil, case .claimed(let holder) = try bill(reference), holder != own,
      try terms(ofOpen: holder)?.voids != nil
    {
      return (holder, reference)
    }
    for number in 0...CorrectionSeries.most {
      let name = series?.name(of: reference, number) ?? reference
      if let change = try change(of: .bill, name), change.isOpen, change.row != own { return (change.row, name) }
      guard let next = series?.name(of: reference, number + 1), let state = try bill(next),
        try standing(ofBill: next, after: name) != .another
      else { return nil }
      if case .claimed(let holder) = state, holder != own, try terms(ofOpen: holder)?.voids == name {
        return (holder, next)
      }
    }
    return nil
  }

  /// What a row asks for that is under way. Of one that raises a bill in the place of another they say of which.
  private func terms(ofOpen row: RowAddress) throws(LedgerError) -> RowTerms? {
    guard case .intended(let intent, _) = try self.row(row)?.state else { return nil }
    return intent.terms
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
      balanceRun: statement.isNull(3) ? nil : FileRunID(statement.integer(3)),
      setRun: statement.isNull(4) ? nil : FileRunID(statement.integer(4)))
  }
}
