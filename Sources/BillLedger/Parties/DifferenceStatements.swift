/// The statements on what differs of parties, prepared once.
struct DifferenceStatements {
  /// Columns as `Ledger.difference(in:)` reads them.
  private static let columns = "record, kind, reference, fields, state, message"

  let write, find, page, open, change, lastSent, settle, letGo, markCompared, findCompared: Statement

  init(_ database: Database) throws(LedgerError) {
    // What is known of a party in a file run stays, but for what became of a change.
    write = try Statement(
      database,
      """
      INSERT INTO party_difference (file_run, kind, reference, record, state, fields, message, sent_at)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
      ON CONFLICT (file_run, kind, reference)
      DO UPDATE SET state = excluded.state, fields = excluded.fields, message = excluded.message,
        sent_at = coalesce(excluded.sent_at, party_difference.sent_at)
      WHERE excluded.state > party_difference.state OR (excluded.state = 1 AND party_difference.state = 1)
      """)
    find = try Statement(
      database,
      "SELECT \(Self.columns) FROM party_difference WHERE file_run = ?1 AND kind = ?2 AND reference = ?3")
    page = try Statement(
      database,
      """
      SELECT \(Self.columns) FROM party_difference WHERE file_run = ?1 AND (record, kind) > (?2, ?3)
      ORDER BY record, kind LIMIT ?4
      """)
    open = try Statement(
      database,
      "SELECT \(Self.columns) FROM party_difference WHERE file_run = ?1 AND state = 1 ORDER BY record, kind")
    change = try Statement(
      database, "SELECT file_run, fields FROM party_difference WHERE kind = ?1 AND reference = ?2 AND state = 1")
    lastSent = try Statement(
      database,
      """
      SELECT coalesce(max(sent_at), (SELECT latest FROM ledger)) FROM party_difference
      WHERE file_run = ?1 AND state = 1 AND fields <> ''
      """)
    settle = try Statement(
      database, "DELETE FROM party_difference WHERE file_run = ?1 AND kind = ?2 AND reference = ?3 AND state = 1")
    letGo = try Statement(
      database,
      """
      UPDATE party_difference SET state = 0, message = ?3
      WHERE kind = ?1 AND reference = ?2 AND state = 1 AND fields = ''
      """)
    markCompared = try Statement(
      database, "UPDATE party SET compared = ?3 WHERE kind = ?1 AND reference = ?2")
    findCompared = try Statement(
      database, "SELECT 1 FROM party WHERE kind = ?1 AND reference = ?2 AND compared = ?3")
  }
}
