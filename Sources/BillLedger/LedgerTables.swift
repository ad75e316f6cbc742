/// The tables of a ledger: its database, the statements on it, and what is kept of them in memory. For one thread at a time.
final class LedgerTables {
  let database: Database
  let rowStatements: RowStatements
  let claimStatements: ClaimStatements
  let partyClaims: PartyClaims
  /// Whether any bill may have been claimed: of a ledger that was begun by this process none, at first.
  var mayHoldBills = true
  let differenceStatements: DifferenceStatements
  let changeStatements: ChangeStatements
  let sumStatements: SumStatements

  /// - Parameters:
  ///   - isShared: others may use the ledger at the same time.
  ///   - isOwn: nobody else writes the ledger as long as it is open.
  init(_ database: Database, isShared: Bool, isOwn: Bool) throws(LedgerError) {
    self.database = database
    rowStatements = try RowStatements(database)
    claimStatements = try ClaimStatements(database)
    partyClaims = try PartyClaims(database, isShared: isShared, isOwn: isOwn)
    differenceStatements = try DifferenceStatements(database)
    changeStatements = try ChangeStatements(database)
    sumStatements = try SumStatements(database)
    if isOwn { mayHoldBills = try database.integer("SELECT EXISTS (SELECT 1 FROM bill)") != 0 }
  }
}

extension Ledger {
  var database: Database { tables.database }
  var rowStatements: RowStatements { tables.rowStatements }
  var claimStatements: ClaimStatements { tables.claimStatements }
  var partyClaims: PartyClaims { tables.partyClaims }
  var differenceStatements: DifferenceStatements { tables.differenceStatements }
  var changeStatements: ChangeStatements { tables.changeStatements }
  var sumStatements: SumStatements { tables.sumStatements }
}
