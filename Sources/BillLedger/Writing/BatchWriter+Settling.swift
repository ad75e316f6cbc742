import BillModel

extension BatchWriter {
  /// Turns a claim on a party into knowledge of it, or notes one that nobody claimed.
  func know(_ party: KnownParty) throws(LedgerError) {
    let statement = claims.knowParty
    statement.bind(1, party.key.kind.code)
    statement.bind(2, party.key.reference)
    statement.bind(3, party.id)
    statement.bind(4, party.customerReference)
    try statement.run()
    try ledger.partyClaims.remove(party.key)
  }

  /// Writes what became of a row, and gives up or settles what it claimed.
  mutating func settle(_ settlement: RowSettlement) throws(LedgerError) {
    guard let new = RowCode(settlement.outcome) else { return try markUnknown(settlement.record) }
    let old = try writeUnderWay(settlement, new) ? .intended : try writeOther(settlement, new)
    count(from: old, to: new)
    try release(settlement, old, new)
    try releaseParties(settlement.record)
  }

  private func release(_ settlement: RowSettlement, _ old: RowCode?, _ new: RowCode) throws(LedgerError) {
    guard settlement.claim == .newBill else {
      try keepAttributes(settlement, isAccepted: new.isAccepted)
      if let successor = settlement.successor { try releaseBill(settlement.record, successor) }
      if case .change(of: .bill, _, _) = settlement.claim { try closeOtherBill(settlement.record) }
      return try close(settlement.claim, settlement.record, settlement.reference, isAccepted: new.isAccepted)
    }
    if let changed = settlement.changed {
      try closeOtherBill(settlement.record)
      try close(.change(of: .bill, setsBalance: false), settlement.record, changed, isAccepted: new.isAccepted)
    }
    if !new.isAccepted {
      try releaseBill(settlement.record, settlement.reference)
    } else if old != .intended && old != .unknown {
      try holdBill(settlement)
    }
  }

  /// Gives up the claims on parties that the row still holds.
  func releaseParties(_ record: Int) throws(LedgerError) {
    for key in try ledger.partyClaims.keys(of: address(record)) { try ledger.partyClaims.remove(key) }
  }

  /// Settles a row that is intended, as nearly all are: one statement. False where it is anything else.
  private func writeUnderWay(_ settlement: RowSettlement, _ new: RowCode) throws(LedgerError) -> Bool {
    bind(settlement, new, to: rows.settleIntended)
    try rows.settleIntended.run()
    return ledger.database.changedRows == 1
  }

  /// Settles a row that isn't intended, and tells what it was.
  private func writeOther(_ settlement: RowSettlement, _ new: RowCode) throws(LedgerError) -> RowCode? {
    let old = try code(settlement.record)
    if let old, old.isAccepted, old != new, !settlement.retracts {
      throw .contradiction(address(settlement.record), "settled as \(old), now as \(new)")
    }
    bind(settlement, new, to: rows.settleOther)
    try rows.settleOther.run()
    return old
  }

  /// Gives up a claim on a party, where the row still holds it.
  func release(_ claim: PartyClaim) throws(LedgerError) {
    let row = address(claim.record)
    guard try ledger.partyClaims.holder(of: claim.key) == row else { return }
    try ledger.partyClaims.remove(claim.key)
    let left = try ledger.partyClaims.keep(of: row)
    rows.setCarried.bind(1, fileRun.value)
    rows.setCarried.bind(2, claim.record)
    rows.setCarried.bind(3, left.customer)
    rows.setCarried.bind(4, left.account)
    try rows.setCarried.run()
  }

  /// Gives up the claim on a bill, where the row still holds it.
  func releaseBill(_ record: Int, _ reference: String) throws(LedgerError) {
    claims.releaseBill.bind(1, reference)
    claims.releaseBill.bind(2, fileRun.value)
    claims.releaseBill.bind(3, record)
    try claims.releaseBill.run()
  }

  /// The state of a row; `nil` where the ledger doesn't know it.
  private func code(_ record: Int) throws(LedgerError) -> RowCode? {
    rows.state.bind(1, fileRun.value)
    rows.state.bind(2, record)
    guard try rows.state.step() else { return nil }
    defer { rows.state.reset() }
    guard let code = RowCode(rawValue: rows.state.integer(0)) else { throw ledger.unreadable("a row's state") }
    return code
  }

  /// Holds the bill for good for a row that got it without an intent; one that another row holds stays that row's.
  private func holdBill(_ settlement: RowSettlement) throws(LedgerError) {
    try claim(bill: settlement.reference, for: settlement.record)
  }

  /// Claims a bill's reference, unless somebody has it.
  func claim(bill reference: String, for record: Int) throws(LedgerError) {
    ledger.tables.mayHoldBills = true
    claims.claimBill.bind(1, reference)
    claims.claimBill.bind(2, fileRun.value)
    claims.claimBill.bind(3, record)
    try claims.claimBill.run()
  }

  private func bind(_ settlement: RowSettlement, _ code: RowCode, to statement: Statement) {
    statement.bind(1, fileRun.value)
    statement.bind(2, settlement.record)
    statement.bind(3, code.rawValue)
    statement.bind(4, settlement.epoch)
    statement.bind(5, settlement.attempts)
    statement.bind(6, settlement.reference)
    statement.bind(7, settlement.billID)
    statement.bind(8, settlement.confirmedBy.rawValue)
    statement.bind(9, settlement.code?.rawValue)
    statement.bind(10, settlement.field)
    statement.bind(11, settlement.message)
    statement.bind(12, ClaimCode(settlement.claim)?.rawValue)
  }
}
