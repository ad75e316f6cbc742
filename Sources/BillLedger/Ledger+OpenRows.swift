package import BillModel
package import Hashing

/// Files that are through but for some of their rows, and what has come for these since.
extension Ledger {
  /// The file runs since a time that are through but for rows which were rejected, refused or in conflict, the latest
  /// first, so many at most.
  package func fileRunsWithOpenRows(since time: WallTime, limit: Int) throws(LedgerError) -> [FileRun] {
    try fileRuns("verdict = 'complete_with_rejects' AND started_at > ?1 ORDER BY id DESC LIMIT ?2") {
      $0.bind(1, time.milliseconds)
      $0.bind(2, limit)
    }
  }

  /// File runs after one that are through, and whose files' names have `.mended` in them, oldest first.
  package func mendedFileRuns(after run: FileRunID) throws(LedgerError) -> [FileRun] {
    try fileRuns(
      "id > ?1 AND verdict IN ('complete', 'complete_with_rejects') AND name LIKE '%.mended%' ORDER BY id"
    ) { $0.bind(1, run.value) }
  }

  /// Whether for each row of a file that was to be mended a later file has raised the bill. `false` where no row is kept:
  /// there were too many of them, or none.
  package func areRowsMended(of run: FileRunID) throws(LedgerError) -> Bool {
    let accepted = [RowCode.created, .unchanged, .updated].map { String($0.rawValue) }.joined(separator: ", ")
    let statement = try Statement(
      database,
      """
      SELECT 1 FROM row_to_mend WHERE file_run = ?1 AND NOT EXISTS (
        SELECT 1 FROM row_to_mend AS open WHERE open.file_run = ?1 AND NOT EXISTS (
          SELECT 1 FROM bill JOIN file_row ON file_row.file_run = bill.file_run AND file_row.record = bill.record
          WHERE bill.reference = open.reference AND bill.file_run > ?1 AND file_row.state IN (\(accepted))))
      LIMIT 1
      """)
    statement.bind(1, run.value)
    defer { statement.reset() }
    return try statement.step()
  }

  /// Notes that somebody says of a file's open rows that nothing is left to do.
  package func noteRowsSettled(of digest: SHA256Digest, now: WallTime) throws(LedgerError) {
    try noteTold(Self.subject(ofRowsOf: digest), Self.settled, now: now)
  }

  /// Whether somebody said so.
  package func areRowsSettled(of digest: SHA256Digest) throws(LedgerError) -> Bool {
    try wasTold(Self.subject(ofRowsOf: digest), Self.settled)
  }

  private static let settled = "settled"
  private static func subject(ofRowsOf digest: SHA256Digest) -> String { "rows of \(digest.hex)" }
}
