/// The statements on bills and parties, prepared once.
struct ClaimStatements {
  let claimBill, settleBill, releaseBill, findBill: Statement
  let claimParty, knowParty, releaseParty, releaseParties, findParty, partiesOf: Statement

  init(_ database: Database) throws(LedgerError) {
    claimBill = try Statement(
      database,
      "INSERT INTO bill (reference, file_run, record, settled) VALUES (?1, ?2, ?3, 0) ON CONFLICT DO NOTHING")
    // A bill that another row holds stays that row's.
    settleBill = try Statement(
      database,
      """
      INSERT INTO bill (reference, file_run, record, settled, id) VALUES (?1, ?2, ?3, 1, ?4)
      ON CONFLICT DO UPDATE SET settled = 1, id = excluded.id
      WHERE file_run = excluded.file_run AND record = excluded.record
      """)
    releaseBill = try Statement(
      database, "DELETE FROM bill WHERE reference = ?1 AND file_run = ?2 AND record = ?3 AND settled = 0")
    findBill = try Statement(database, "SELECT settled, id, file_run, record FROM bill WHERE reference = ?1")
    claimParty = try Statement(
      database,
      "INSERT INTO party (kind, reference, file_run, record) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING")
    knowParty = try Statement(
      database,
      """
      INSERT INTO party (kind, reference, id, customer, file_run, record) VALUES (?1, ?2, ?3, ?4, ?5, 0)
      ON CONFLICT DO UPDATE SET id = excluded.id, customer = coalesce(excluded.customer, customer)
      """)
    releaseParty = try Statement(
      database,
      "DELETE FROM party WHERE kind = ?1 AND reference = ?2 AND file_run = ?3 AND record = ?4 AND id IS NULL")
    releaseParties = try Statement(
      database, "DELETE FROM party WHERE file_run = ?1 AND record = ?2 AND id IS NULL")
    findParty = try Statement(
      database, "SELECT id, customer, file_run, record FROM party WHERE kind = ?1 AND reference = ?2")
    partiesOf = try Statement(
      database,
      """
      SELECT kind, reference FROM party WHERE file_run = ?1 AND record = ?2 AND id IS NULL ORDER BY kind, reference
      """)
  }
}
