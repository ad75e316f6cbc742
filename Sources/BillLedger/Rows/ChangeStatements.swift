/// The statements on objects that rows change, prepared once.
struct ChangeStatements {
  let claim, find, close, closeWithBalance, closeWithAddition: Statement
  let findAttributes, keepAttributes, forgetAttributes: Statement

  init(_ database: Database) throws(LedgerError) {
    // ?5: the file run, where the row sets a balance; else NULL. ?6: 1 where it only adds to what is there, to whatever newer
    // files have added too.
    claim = try Statement(
      database,
      """
      INSERT INTO object_change (kind, reference, file_run, record, open) VALUES (?1, ?2, ?3, ?4, 1)
      ON CONFLICT (kind, reference) DO UPDATE SET file_run = excluded.file_run, record = excluded.record, open = 1
      WHERE (object_change.open = 0
          OR (object_change.file_run = excluded.file_run AND object_change.record = excluded.record))
        AND (CAST(?5 AS BIGINT) IS NULL OR object_change.balance_run IS NULL OR object_change.balance_run = ?5 OR NOT EXISTS (
          SELECT 1 FROM file_run AS newer, file_run AS ours
          WHERE newer.id IN (object_change.set_run, CASE WHEN ?6 = 0 THEN object_change.balance_run END)
            AND ours.id = ?5 AND newer.position > ours.position))
      """)
    find = try Statement(
      database,
      "SELECT file_run, record, open, balance_run, set_run FROM object_change WHERE kind = ?1 AND reference = ?2")
    findAttributes = try Statement(
      database, "SELECT content FROM object_attributes WHERE kind = ?1 AND reference = ?2")
    keepAttributes = try Statement(
      database,
      """
      INSERT INTO object_attributes (kind, reference, content) VALUES (?1, ?2, ?3)
      ON CONFLICT (kind, reference) DO UPDATE SET content = excluded.content
      """)
    forgetAttributes = try Statement(
      database, "DELETE FROM object_attributes WHERE kind = ?1 AND reference = ?2")
    close = try Statement(
      database,
      "UPDATE object_change SET open = 0 WHERE kind = ?1 AND reference = ?2 AND file_run = ?3 AND record = ?4")
    closeWithBalance = try Statement(
      database,
      """
      UPDATE object_change SET open = 0, balance_run = ?3, set_run = ?3
      WHERE kind = ?1 AND reference = ?2 AND file_run = ?3 AND record = ?4
      """)
    // What was added by a newer file isn't older for that.
    closeWithAddition = try Statement(
      database,
      """
      UPDATE object_change SET open = 0, balance_run = CASE WHEN EXISTS (
          SELECT 1 FROM file_run AS newer, file_run AS ours
          WHERE newer.id = object_change.balance_run AND ours.id = ?3 AND newer.position > ours.position)
        THEN balance_run ELSE ?3 END
      WHERE kind = ?1 AND reference = ?2 AND file_run = ?3 AND record = ?4
      """)
  }
}
