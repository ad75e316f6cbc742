package import BillModel

extension Ledger {
  /// Keeps which rows of a file are to be mended, in place of what was kept of it before.
  ///
  /// - Parameter rows: How many, by reference; those without one by the empty text.
  package func saveRowsToMend(
    _ rows: [String: Int], of fileRun: FileRunID, now: WallTime
  ) throws(LedgerError) {
    try database.transaction { () throws(LedgerError) in
      try note(now)
      let delete = try Statement(database, "DELETE FROM row_to_mend WHERE file_run = ?1")
      delete.bind(1, fileRun.value)
      try delete.run()
      let insert = try Statement(
        database, "INSERT INTO row_to_mend (reference, file_run, rows) VALUES (?1, ?2, ?3)")
      for (reference, count) in rows {
        insert.bind(1, reference)
        insert.bind(2, fileRun.value)
        insert.bind(3, count)
        try insert.run()
      }
    }
  }

  /// The rows of a file that are to be mended, by reference.
  package func rowsToMend(of fileRun: FileRunID) throws(LedgerError) -> [String: Int] {
    let statement = try Statement(database, "SELECT reference, rows FROM row_to_mend WHERE file_run = ?1")
    statement.bind(1, fileRun.value)
    var rows: [String: Int] = [:]
    while try statement.step() { rows[statement.text(0) ?? ""] = Int(statement.integer(1)) }
    return rows
  }

  /// The files of a feed that have a row of this reference to mend, the latest first, ten at most.
  package func fileRuns(ofFeed feed: String, toMend reference: String) throws(LedgerError) -> [FileRunID] {
    let statement = try Statement(
      database,
      """
      SELECT file_run FROM row_to_mend JOIN file_run ON file_run.id = row_to_mend.file_run
      WHERE reference = ?1 AND feed = ?2 ORDER BY file_run DESC LIMIT 10
      """)
    statement.bind(1, reference)
    statement.bind(2, feed)
    var found: [FileRunID] = []
    while try statement.step() { found.append(FileRunID(statement.integer(0))) }
    return found
  }

  /// How many rows are to be mended of the file that has the most of them; 0 where there are none.
  package func mostRowsToMend() throws(LedgerError) -> Int {
    let statement = try Statement(
      database,
      "SELECT CAST(max(total) AS BIGINT) FROM (SELECT sum(rows) AS total FROM row_to_mend GROUP BY file_run) AS sums")
    defer { statement.reset() }
    return try statement.step() ? Int(statement.integer(0)) : 0
  }
}
