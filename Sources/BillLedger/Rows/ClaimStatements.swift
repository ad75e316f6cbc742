/// The statements on bills and known parties, prepared once.
struct ClaimStatements {
  let claimBill, releaseBill, findBill, findRaising: Statement
  let knowParty, forgetParty, findParty: Statement

  init(_ database: Database) throws(LedgerError) {
    claimBill = try Statement(
      database,
      "INSERT INTO bill (reference, file_run, record) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")
    releaseBill = try Statement(
      database, "DELETE FROM bill WHERE reference = ?1 AND file_run = ?2 AND record = ?3")
    findBill = try Statement(
      database,
      """
      SELECT bill.file_run, bill.record, file_row.state, file_row.bill_id, file_row.content
      FROM bill LEFT JOIN file_row ON file_row.file_run = bill.file_run AND file_row.record = bill.record
      WHERE bill.reference = ?1
      """)
    findRaising = try Statement(
      database,
      """
      SELECT file_row.state, file_row.claim, file_row.terms
      FROM bill JOIN file_row ON file_row.file_run = bill.file_run AND file_row.record = bill.record
      WHERE bill.reference = ?1
      """)
    knowParty = try Statement(
      database,
      """
      INSERT INTO party (kind, reference, id, customer) VALUES (?1, ?2, ?3, ?4)
      ON CONFLICT (kind, reference)
      DO UPDATE SET id = excluded.id, customer = coalesce(excluded.customer, party.customer)
      """)
    forgetParty = try Statement(database, "DELETE FROM party WHERE kind = ?1 AND reference = ?2 AND id = ?3")
    findParty = try Statement(database, "SELECT id, customer FROM party WHERE kind = ?1 AND reference = ?2")
  }
}
