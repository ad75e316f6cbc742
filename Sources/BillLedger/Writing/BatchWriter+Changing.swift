import BillModel

extension BatchWriter {
  /// Claims an object for a row that changes it, and the bill that it really voids where that is another one; what stands
  /// against it, or `nil` where the row has the claims.
  ///
  /// While what became of another row's change is unknown, nobody else may change the object (rule 16); and a balance
  /// that a newer file has set stays, as does one that it has added to, but for what is only added too (rule 18).
  func refusal(
    of intent: RowIntent, changing object: ObjectKind
  ) throws(LedgerError) -> RefusedClaim.Reason? {
    if let reason = try refusal(of: intent.claim, object, intent.reference, intent.record) { return reason }
    guard let other = intent.otherBill, let reason = try refusal(of: intent.claim, object, other, intent.record) else {
      return nil
    }
    // What an earlier request of the row has claimed stays.
    if case .intended = try held(intent.record)?.state { return reason }
    try close(intent.claim, intent.record, intent.reference, isAccepted: false)
    return reason
  }

  private func refusal(
    of claim: RowClaim, _ object: ObjectKind, _ reference: String, _ record: Int
  ) throws(LedgerError) -> RefusedClaim.Reason? {
    let statement = ledger.changeStatements.claim
    bind(object, reference, record, to: statement)
    statement.bind(5, claim.setsBalance ? fileRun.value : nil)
    statement.bind(6, claim.adds ? 1 : 0)
    try statement.run()
    if ledger.database.changedRows == 1 { return nil }
    guard let state = try ledger.change(of: object, reference) else { throw ledger.unreadable("an object's change") }
    return state.isOpen
      ? .change(reference: reference, by: state.row)
      : .newerBalance(
        reference: reference, of: (claim.adds ? state.setRun : state.balanceRun) ?? state.row.fileRun)
  }

  /// All that an intent changes isn't changed, or is changed no more.
  func close(_ intent: RowIntent, isAccepted: Bool) throws(LedgerError) {
    try close(intent.claim, intent.record, intent.reference, isAccepted: isAccepted)
    if let other = intent.otherBill { try close(intent.claim, intent.record, other, isAccepted: isAccepted) }
  }

  /// The change of the bill that a row's last intent was really about, where that isn't the one that the row names.
  func closeOtherBill(_ record: Int) throws(LedgerError) {
    rows.terms.bind(1, fileRun.value)
    rows.terms.bind(2, record)
    guard try rows.terms.step() else { return }
    let text = rows.terms.text(0)
    rows.terms.reset()
    guard let voids = text.flatMap({ RowTerms(text: $0) })?.voids else { return }
    try close(.change(of: .bill, setsBalance: false), record, voids, isAccepted: false)
  }

  /// The change is settled, or taken back. `isAccepted`: the object has the balance of this file now, where the row sets one.
  func close(
    _ claim: RowClaim, _ record: Int, _ reference: String, isAccepted: Bool
  ) throws(LedgerError) {
    guard case .change(let object, _, _) = claim else { return }
    let statements = ledger.changeStatements
    let statement =
      !isAccepted || !claim.setsBalance
      ? statements.close : claim.adds ? statements.closeWithAddition : statements.closeWithBalance
    bind(object, reference, record, to: statement)
    try statement.run()
  }

  /// Keeps what a row gave its object beside a balance; forgets what was known where it isn't certain any more.
  func keepAttributes(_ settlement: RowSettlement, isAccepted: Bool) throws(LedgerError) {
    guard case .change(let object, _, _) = settlement.claim, let content = settlement.attributes else { return }
    guard isAccepted else { return try forgetAttributes(of: object, settlement.reference) }
    let statement = ledger.changeStatements.keepAttributes
    statement.bind(1, object.code)
    statement.bind(2, settlement.reference)
    statement.bind(3, content)
    try statement.run()
  }

  /// What a row gave an object last isn't what it has any more.
  func forgetAttributes(of object: ObjectKind, _ reference: String) throws(LedgerError) {
    let statement = ledger.changeStatements.forgetAttributes
    statement.bind(1, object.code)
    statement.bind(2, reference)
    try statement.run()
  }

  private func bind(_ object: ObjectKind, _ reference: String, _ record: Int, to statement: Statement) {
    statement.bind(1, object.code)
    statement.bind(2, reference)
    statement.bind(3, fileRun.value)
    statement.bind(4, record)
  }
}

extension RowClaim {
  /// Whether the object has a balance of the row's file then.
  fileprivate var setsBalance: Bool { if case .change(_, let setsBalance, _) = self { setsBalance } else { false } }
  fileprivate var adds: Bool { if case .change(_, _, let adds) = self { adds } else { false } }
}

extension RowIntent {
  /// The bill that its request changes, where that isn't the one that the row names; `nil` where it is, and where it
  /// changes none.
  var otherBill: String? {
    guard case .change(of: .bill, _, _) = claim, let voids = terms?.voids, voids != reference else { return nil }
    return voids
  }
}
