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

  /// How many those are.
  package func countFileRunsWithOpenRows(since time: WallTime) throws(LedgerError) -> Int {
    let statement = try Statement(
      database, "SELECT count(*) FROM file_run WHERE verdict = 'complete_with_rejects' AND started_at > ?1")
    statement.bind(1, time.milliseconds)
    return Int(try statement.number())
  }

  /// The file run that came next of a name in the feed of one, with other bytes; `nil` where none has come.
  package func nextFileRun(ofItsNameAfter run: FileRun) throws(LedgerError) -> FileRun? {
    try fileRuns("feed = ?1 AND id > ?2 AND name = ?3 AND digest <> ?4 ORDER BY id LIMIT 1") {
      $0.bind(1, run.feed)
      $0.bind(2, run.id.value)
      $0.bind(3, run.file.name)
      $0.bind(4, run.file.digest)
    }.first
  }

  /// File runs after one that are through, and whose files' names have `.mended` in them, oldest first.
  package func mendedFileRuns(after run: FileRunID) throws(LedgerError) -> [FileRun] {
    try fileRuns(
      "id > ?1 AND verdict IN ('complete', 'complete_with_rejects') AND name LIKE '%.mended%' ORDER BY id"
    ) { $0.bind(1, run.value) }
  }

  /// The files before one that have rows to mend which may come with it, the latest first: those of its feed, and for bills
  /// those of any; the same bytes under another layout among them, and files that aren't through. What came with this one
  /// counts for not come yet.
  ///
  /// - Parameter limit: So many references at most: of the earliest files some are missing then.
  package func openFiles(
    before run: FileRun, since time: WallTime, limit: Int
  ) throws(LedgerError) -> [OpenFile] {
    let statement = try Statement(
      database,
      """
      SELECT id, feed, coalesce(operation, 'bill'), reference, left_over FROM (
        SELECT file_run.id, file_run.feed, file_run.operation, open.reference, open.rows - (
          SELECT CAST(coalesce(sum(row_come.rows), 0) AS BIGINT) FROM row_come
          WHERE row_come.file_run = open.file_run AND row_come.reference = open.reference AND later_run <> ?1
        ) AS left_over
        FROM file_run JOIN row_to_mend AS open ON open.file_run = file_run.id
        WHERE file_run.id < ?1 AND file_run.started_at > ?2
          AND file_run.verdict IN ('complete_with_rejects', 'stopped', 'held')
          AND (file_run.feed = ?3 OR ?4 = 1 AND coalesce(file_run.operation, 'bill') = 'bill')
      ) AS each_reference
      WHERE left_over > 0 ORDER BY id DESC LIMIT ?5
      """)
    statement.bind(1, run.id.value)
    statement.bind(2, time.milliseconds)
    statement.bind(3, run.feed)
    statement.bind(4, run.operation == .bill ? 1 : 0)
    statement.bind(5, limit)
    var files: [OpenFile] = []
    while try statement.step() {
      let id = FileRunID(statement.integer(0))
      if files.last?.id != id {
        files.append(
          OpenFile(
            id: id, feed: statement.text(1) ?? "",
            operation: statement.text(2).flatMap(OperationKind.init) ?? .bill, rows: [:]))
      }
      files[files.count - 1].rows[statement.text(3) ?? ""] = Int(statement.integer(4))
    }
    return files
  }

  /// Keeps which rows that earlier files had to mend have come with a file, in place of what was kept of it before.
  ///
  /// - Parameter rows: By earlier file how many, by reference; those without one by the empty text.
  package func saveRowsThatCame(
    _ rows: [FileRunID: [String: Int]], with fileRun: FileRunID, now: WallTime
  ) throws(LedgerError) {
    try database.transaction { () throws(LedgerError) in
      try note(now)
      let delete = try Statement(database, "DELETE FROM row_come WHERE later_run = ?1")
      delete.bind(1, fileRun.value)
      try delete.run()
      let insert = try Statement(
        database, "INSERT INTO row_come (file_run, reference, later_run, rows) VALUES (?1, ?2, ?3, ?4)")
      for (earlier, counts) in rows {
        for (reference, count) in counts {
          insert.bind(1, earlier.value)
          insert.bind(2, reference)
          insert.bind(3, fileRun.value)
          insert.bind(4, count)
          try insert.run()
        }
      }
    }
  }

  /// How many rows of a file repeat one of it that stands, which count for come with the file itself.
  package func repeatedRows(of fileRun: FileRunID) throws(LedgerError) -> Int {
    let statement = try Statement(
      database,
      "SELECT CAST(coalesce(sum(rows), 0) AS BIGINT) FROM row_come WHERE file_run = ?1 AND later_run = ?1")
    statement.bind(1, fileRun.value)
    defer { statement.reset() }
    return try statement.step() ? Int(statement.integer(0)) : 0
  }

  /// The references of rows that a file had to mend and that have come since in another one.
  package func referencesThatCame(of fileRun: FileRunID) throws(LedgerError) -> Set<String> {
    let statement = try Statement(
      database, "SELECT DISTINCT reference FROM row_come WHERE file_run = ?1 AND later_run <> ?1 AND reference <> ''")
    statement.bind(1, fileRun.value)
    var references: Set<String> = []
    while try statement.step() {
      if let reference = statement.text(0) { references.insert(reference) }
    }
    return references
  }

  /// The file runs with which rows have come that a file had to mend, oldest first.
  package func fileRuns(withRowsOf fileRun: FileRunID) throws(LedgerError) -> [FileRun] {
    try fileRuns("id IN (SELECT later_run FROM row_come WHERE file_run = ?1) AND id <> ?1 ORDER BY id") {
      $0.bind(1, fileRun.value)
    }
  }

  /// How many rows of a file were to be mended, and how many of these have come since. None where none are kept: there were
  /// too many.
  package func rowsToMendAndCome(of fileRun: FileRunID) throws(LedgerError) -> (toMend: Int, come: Int) {
    let statement = try Statement(
      database,
      """
      SELECT CAST(coalesce(sum(rows), 0) AS BIGINT),
        CAST(coalesce(sum(CASE WHEN come < rows THEN come ELSE rows END), 0) AS BIGINT)
      FROM (
        SELECT open.rows AS rows, (
          SELECT coalesce(sum(row_come.rows), 0) FROM row_come
          WHERE row_come.file_run = open.file_run AND row_come.reference = open.reference) AS come
        FROM row_to_mend AS open WHERE open.file_run = ?1) AS each_reference
      """)
    statement.bind(1, fileRun.value)
    defer { statement.reset() }
    guard try statement.step() else { return (0, 0) }
    return (Int(statement.integer(0)), Int(statement.integer(1)))
  }

  /// Notes that somebody says of a file's open rows that nothing is left to do.
  package func noteRowsSettled(of digest: SHA256Digest, now: WallTime) throws(LedgerError) {
    try noteTold(Self.subject(ofRowsOf: digest), Self.settled, now: now)
  }

  /// Whether somebody said so.
  package func areRowsSettled(of digest: SHA256Digest) throws(LedgerError) -> Bool {
    try wasTold(Self.subject(ofRowsOf: digest), Self.settled)
  }

  /// Notes that somebody says of a file that was rejected whole that nothing is left to do about it.
  ///
  /// - Parameter digits: The first 12 of its digest.
  package func noteSettled(_ digits: String, now: WallTime) throws(LedgerError) {
    try noteTold(Self.subject(ofFile: digits), Self.settled, now: now)
  }

  /// Whether somebody said so.
  package func isSettled(_ digits: String) throws(LedgerError) -> Bool {
    try wasTold(Self.subject(ofFile: digits), Self.settled)
  }

  private static let settled = "settled"
  private static func subject(ofFile digits: String) -> String { "file \(digits)" }
  private static func subject(ofRowsOf digest: SHA256Digest) -> String { "rows of \(digest.hex)" }
}
