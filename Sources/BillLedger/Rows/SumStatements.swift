/// The statements on sums that rows add to, prepared once.
struct SumStatements {
  let findLast, findMark, addMark: Statement
  let confirm, set, doubt: Statement
  let doubted: Statement

  init(_ database: Database) throws(LedgerError) {
    findLast = try Statement(
      database, "SELECT mark, total, place, doubted_at FROM object_sum WHERE kind = ?1 AND reference = ?2")
    // The sum that is asked for comes first, then the newest.
    findMark = try Statement(
      database,
      """
      SELECT place, total, amount, currency, file_run, record FROM addition
      WHERE kind = ?1 AND reference = ?2 AND mark = ?3
      ORDER BY CASE WHEN total = ?4 THEN 0 ELSE 1 END, place DESC LIMIT 1
      """)
    addMark = try Statement(
      database,
      """
      INSERT INTO addition (kind, reference, mark, total, place, amount, currency, file_run, record)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
      ON CONFLICT (kind, reference, mark, total) DO UPDATE SET place = excluded.place, amount = excluded.amount,
        currency = excluded.currency, file_run = excluded.file_run, record = excluded.record
      """)
    confirm = try Statement(
      database,
      """
      INSERT INTO object_sum (kind, reference, mark, total, place, file_run, record, doubted_at, is_own)
      VALUES (?1, ?2, ?3, ?4, 1, ?5, ?6, ?7, ?8)
      ON CONFLICT (kind, reference) DO UPDATE SET mark = excluded.mark, total = excluded.total,
        place = CASE WHEN object_sum.mark = excluded.mark THEN object_sum.place ELSE object_sum.place + 1 END,
        file_run = excluded.file_run, record = excluded.record,
        doubted_at = coalesce(excluded.doubted_at, object_sum.doubted_at), is_own = excluded.is_own
      """)
    // What was sent before it is older than it.
    set = try Statement(
      database, "UPDATE object_sum SET total = ?3, place = place + 1 WHERE kind = ?1 AND reference = ?2")
    doubt = try Statement(
      database, "UPDATE object_sum SET doubted_at = ?3, is_own = 0 WHERE kind = ?1 AND reference = ?2")
    // ?4: 1 takes those too whose last row had the lost request itself.
    doubted = try Statement(
      database,
      """
      SELECT record FROM object_sum
      WHERE file_run = ?1 AND record > ?2 AND doubted_at > ?3 AND is_own <= ?4 AND doubted_at IS NOT NULL
      ORDER BY record LIMIT ?5
      """)
  }
}
