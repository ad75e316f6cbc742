import BillModel

extension BatchWriter {
  /// Claims an object for a row that changes it; what stands against it, or `nil` where the row has the claim.
  ///
  /// While what became of another row's change is unknown, nobody else may change the object (rule 16); and a balance
  /// that a newer file has set stays (rule 18).
  func refusal(
    of intent: RowIntent, changing object: ObjectKind, setsBalance: Bool
  ) throws(LedgerError) -> RefusedClaim.Reason? {
    let statement = ledger.changeStatements.claim
    bind(object, intent.reference, intent.record, to: statement)
    statement.bind(5, setsBalance ? fileRun.value : nil)
    try statement.run()
    if ledger.database.changedRows == 1 { return nil }
    guard let state = try ledger.change(of: object, intent.reference) else {
      throw ledger.unreadable("an object's change")
    }
    return state.isOpen
      ? .change(reference: intent.reference, by: state.row)
      : .newerBalance(reference: intent.reference, of: state.balanceRun ?? state.row.fileRun)
  }

  /// The change is settled, or taken back. `hasBalance`: the object has the balance of this file now.
  func close(
    _ claim: RowClaim, _ record: Int, _ reference: String, isAccepted: Bool
  ) throws(LedgerError) {
    guard case .change(let object, let setsBalance) = claim else { return }
    let statement =
      isAccepted && setsBalance ? ledger.changeStatements.closeWithBalance : ledger.changeStatements.close
    bind(object, reference, record, to: statement)
    try statement.run()
  }

  /// Keeps what a row gave its object beside a balance; forgets what was known where it isn't certain any more.
  func keepAttributes(_ settlement: RowSettlement, isAccepted: Bool) throws(LedgerError) {
    guard case .change(let object, _) = settlement.claim, let content = settlement.attributes else { return }
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
