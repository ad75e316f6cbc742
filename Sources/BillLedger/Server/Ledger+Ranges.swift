import BillModel
package import Hashing

/// A large file that several processes send together, over one ledger at a server: its records lie in ranges, each of which
/// is one process's at a time.
///
/// Who sends rows of a file has a *share* in it: a lease, which its heartbeat keeps, and which each of its transactions
/// makes sure of. A range names the share that it belongs to. When the share's holder gives no sign of life, somebody
/// removes the share, from which moment on that holder can commit nothing, and its ranges are free. What is left of the
/// file are the ranges that are there: one that is through is removed.
extension Ledger {
  /// A share in the file of these bytes that nobody ever had, for this process to take.
  package func newShare(in file: SHA256Digest) -> Work {
    .share(file, of: "\(sharing?.owner ?? "") \(String(UInt64.random(in: .min ... .max), radix: 16))")
  }

  /// Whether a file run is sent in ranges now.
  package func isInRanges(_ run: FileRunID) throws(LedgerError) -> Bool {
    guard isShared else { return false }
    let statement = try Statement(database, "SELECT range_rows IS NOT NULL FROM file_run WHERE id = ?1")
    statement.bind(1, run.value)
    return try statement.number() == 1
  }

  /// Lays a file run's records, from 1 to `count`, into ranges of so many each, which any process may take.
  package func openRanges(of run: FileRunID, records count: Int, each rows: Int) throws(LedgerError) {
    try database.transaction { () throws(LedgerError) in
      try removeRanges(of: run)
      let ranges = try Statement(
        database,
        """
        WITH RECURSIVE start (record) AS (
          SELECT CAST(1 AS BIGINT) UNION ALL
          SELECT record + CAST(?2 AS BIGINT) FROM start WHERE record + CAST(?2 AS BIGINT) <= CAST(?3 AS BIGINT))
        INSERT INTO file_range (file_run, first_record, last_record, begun)
        SELECT CAST(?1 AS BIGINT), record, record + CAST(?2 AS BIGINT) - 1, 0 FROM start
        """)
      ranges.bind(1, run.value)
      ranges.bind(2, rows)
      ranges.bind(3, count)
      try ranges.run()
      try setRangeRows(rows, of: run)
    }
  }

  /// Takes a range that nobody has for the holder of a share: first one that somebody began, else the first of the file.
  /// `nil` where none is free.
  ///
  /// - Parameter onlyBegun: Takes none that nobody began.
  package func takeRange(
    of run: FileRunID, for share: Work, onlyBegun: Bool = false
  ) throws(LedgerError) -> RowRange? {
    let statement = try Statement(
      database,
      """
      WITH free AS (
        SELECT first_record, begun FROM file_range
        WHERE file_run = ?1 AND lease IS NULL AND begun >= CAST(?3 AS BIGINT)
        ORDER BY begun DESC, first_record LIMIT 1 FOR UPDATE SKIP LOCKED)
      UPDATE file_range SET lease = ?2, begun = 1 FROM free
      WHERE file_range.file_run = ?1 AND file_range.first_record = free.first_record
      RETURNING file_range.first_record, file_range.last_record, free.begun
      """)
    let range = try database.transaction { () throws(LedgerError) -> RowRange? in
      statement.bind(1, run.value)
      statement.bind(2, share.key)
      statement.bind(3, onlyBegun ? 1 : 0)
      defer { statement.reset() }
      guard try statement.step() else { return nil }
      return RowRange(
        records: Int(statement.integer(0))...Int(statement.integer(1)), isTakenOver: statement.integer(2) == 1)
    }
    if let range { partyClaims.begin(range.records, of: run) }
    return range
  }

  /// A range is through: no row of it is left to be sent.
  package func end(_ range: RowRange, of run: FileRunID, for share: Work) throws(LedgerError) {
    try database.transaction { () throws(LedgerError) in
      let statement = try Statement(
        database, "DELETE FROM file_range WHERE file_run = ?1 AND first_record = ?2 AND lease = ?3")
      statement.bind(1, run.value)
      statement.bind(2, range.records.lowerBound)
      statement.bind(3, share.key)
      try statement.run()
    }
    partyClaims.end(range.records, of: run)
  }

  /// Gives back a share with all ranges that belong to it, as they are.
  package func leaveRanges(of run: FileRunID, for share: Work) throws(LedgerError) {
    partyClaims.endRanges(of: run)
    defer { giveBack(share) }
    try database.transaction { () throws(LedgerError) in try free(share.key, of: run) }
  }

  /// Frees the ranges of processes that give no sign of life.
  package func freeDeadRanges(of run: FileRunID, _ file: SHA256Digest) throws(LedgerError) {
    try database.transaction { () throws(LedgerError) in try removeDeadShares(of: run, file) }
  }

  /// How many ranges of a file run are left, whoever has them.
  package func rangesLeft(of run: FileRunID) throws(LedgerError) -> Int {
    let statement = try Statement(database, "SELECT count(*) FROM file_range WHERE file_run = ?1")
    statement.bind(1, run.value)
    return Int(try statement.number())
  }

  /// Makes a file run one process's again, where no range is left, or nobody else who lives has a share in it: false where
  /// one has. From then on nobody can take a range of it.
  package func closeRanges(of run: FileRunID, _ file: SHA256Digest) throws(LedgerError) -> Bool {
    let isClosed = try database.transaction { () throws(LedgerError) -> Bool in
      try removeDeadShares(of: run, file)
      // Locked until the end, so that nobody takes one meanwhile.
      let left = try Statement(database, "SELECT 1 FROM file_range WHERE file_run = ?1 FOR UPDATE")
      left.bind(1, run.value)
      var isDone = true
      while try left.step() { isDone = false }
      if !isDone { isDone = try holders(of: run, file, butFor: sharing?.owner).isEmpty }
      guard isDone else { return false }
      try removeRanges(of: run)
      try setRangeRows(nil, of: run)
      return true
    }
    if isClosed { partyClaims.endRanges(of: run) }
    return isClosed
  }

  /// Who sends rows of a file run now, with how many ranges each.
  package func rangeHolders(of run: FileRunID, _ file: SHA256Digest) throws(LedgerError) -> [RangeHolder] {
    try holders(of: run, file, butFor: nil)
  }

  /// Up to `limit` rows of a file run after `record`, and of a range, whose fate isn't known.
  package func unresolvedRows(
    of run: FileRunID, after record: Int, in range: RowRange, limit: Int
  ) throws(LedgerError) -> [LedgerRow] {
    let statement = try Statement(
      database,
      """
      SELECT \(RowStatements.columns) FROM file_row
      WHERE file_run = ?1 AND record > ?2 AND record <= ?3 AND state IN (0, 1) ORDER BY record LIMIT ?4
      """)
    statement.bind(1, run.value)
    statement.bind(2, max(record, range.records.lowerBound - 1))
    statement.bind(3, range.records.upperBound)
    statement.bind(4, limit)
    defer { statement.reset() }
    var rows: [LedgerRow] = []
    while try statement.step() { rows.append(try row(in: statement)) }
    return rows
  }

  // MARK: Within a transaction

  /// A share whose row is locked stays: a transaction of its holder is under way, and may be committed yet.
  private func removeDeadShares(of run: FileRunID, _ file: SHA256Digest) throws(LedgerError) {
    let statement = try Statement(
      database,
      """
      DELETE FROM work_lease WHERE work IN (
        SELECT work FROM work_lease WHERE starts_with(work, ?1) AND \(LedgerSharing.isDead)
        FOR UPDATE OF work_lease SKIP LOCKED)
      RETURNING work
      """)
    statement.bind(1, Work.sharePrefix(file))
    var dead: [String] = []
    while try statement.step() { if let key = statement.text(0) { dead.append(key) } }
    // What one left who could no longer give its ranges back.
    let gone = try Statement(
      database,
      """
      SELECT DISTINCT lease FROM file_range
      WHERE file_run = ?1 AND lease IS NOT NULL AND NOT EXISTS (SELECT 1 FROM work_lease WHERE work = lease)
      """)
    gone.bind(1, run.value)
    while try gone.step() { if let key = gone.text(0) { dead.append(key) } }
    for key in dead { try free(key, of: run) }
  }

  private func free(_ share: String, of run: FileRunID) throws(LedgerError) {
    let statement = try Statement(
      database, "UPDATE file_range SET lease = NULL WHERE file_run = ?1 AND lease = ?2")
    statement.bind(1, run.value)
    statement.bind(2, share)
    try statement.run()
  }

  private func removeRanges(of run: FileRunID) throws(LedgerError) {
    let statement = try Statement(database, "DELETE FROM file_range WHERE file_run = ?1")
    statement.bind(1, run.value)
    try statement.run()
  }

  private func setRangeRows(_ rows: Int?, of run: FileRunID) throws(LedgerError) {
    let statement = try Statement(
      database, "UPDATE file_run SET range_rows = CAST(?2 AS BIGINT) WHERE id = ?1")
    statement.bind(1, run.value)
    statement.bind(2, rows.map { Int64($0) })
    try statement.run()
  }

  /// - Parameter owner: Who isn't counted.
  private func holders(
    of run: FileRunID, _ file: SHA256Digest, butFor owner: String?
  ) throws(LedgerError) -> [RangeHolder] {
    let statement = try Statement(
      database,
      """
      SELECT holder, (SELECT count(*) FROM file_range WHERE file_run = ?1 AND lease = work)
      FROM work_lease WHERE starts_with(work, ?2) AND owner IS DISTINCT FROM ?3 ORDER BY holder
      """)
    statement.bind(1, run.value)
    statement.bind(2, Work.sharePrefix(file))
    statement.bind(3, owner)
    var found: [RangeHolder] = []
    while try statement.step() {
      found.append(RangeHolder(name: statement.text(0) ?? "?", ranges: Int(statement.integer(1))))
    }
    return found
  }
}
