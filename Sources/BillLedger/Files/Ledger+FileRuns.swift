package import BillModel
package import Hashing

extension Ledger {
  /// The file run of these bytes under this layout, begun now (`claimed`) where there is none.
  ///
  /// Throws `otherLayout` where the bytes were taken under another layout, in whatever state that run is, and
  /// `otherReferences` where the layout of this name derives references by another rule than before, and `unordered` where
  /// balances can't be put in order with those of earlier files, unless `approval` is the first 12 digits of the file's
  /// digest. Rows of an earlier run of the bytes keep their bills and parties. A run
  /// that is there goes on whatever rule stands now: its own is the one that it was begun under.
  ///
  /// - Parameters:
  ///   - feed: The feed that the file came in; `nil`: the layout's name stands for it.
  ///   - rule: `nil` where the layout takes references from a column as they stand there.
  package func openFileRun(
    _ file: FileIdentity, layout: LayoutIdentity, feed: String? = nil, references rule: ReferenceRule? = nil,
    order: FileOrder = FileOrder(), approval: String?, now: WallTime
  ) throws(LedgerError) -> FileRun {
    try database.transaction { () throws(LedgerError) in
      try lockFileRuns()
      return try begunFileRun(file, layout, feed, rule, order, approval, now)
    }
  }

  private func begunFileRun(
    _ file: FileIdentity, _ layout: LayoutIdentity, _ feed: String?, _ rule: ReferenceRule?, _ order: FileOrder,
    _ approval: String?, _ now: WallTime
  ) throws(LedgerError) -> FileRun {
    if let run = try fileRun(of: file, layout: layout, references: rule, approval: approval) { return run }
    let unordered = try incomparable(file, order)
    if let unordered, approval != file.digest.short { throw .unordered(unordered) }
    let isHeld = try isHeld(file, layout, rule)
    let usedApproval = isHeld || unordered != nil ? approval : nil
    let feed = feed ?? layout.name
    try note(now)
    try keep(rule, ofLayout: layout.name)
    let start = time(at: now)
    let id = try insertFileRun(file, layout, feed, approval: usedApproval, start)
    try keep(order, isApproved: unordered != nil, of: id)
    return FileRun(
      id: id, file: file, layout: layout, feed: feed, operation: order.operation, approval: usedApproval,
      state: .claimed, verdict: nil, startedAt: start, sendingCompletedAt: nil, requests: RequestCounts(),
      rows: RowCounts())
  }

  /// The file run of these bytes under this layout, as `openFileRun` would take it up; `nil` where it would begin one.
  /// Throws what that throws.
  package func fileRun(
    of file: FileIdentity, layout: LayoutIdentity, references rule: ReferenceRule? = nil, approval: String?
  ) throws(LedgerError) -> FileRun? {
    let runs = try fileRuns(of: file.digest)
    if let run = runs.last(where: { layout.has($0.layout.digest) }) { return run }
    guard approval != file.digest.short else { return nil }
    if let change = try referenceChange(file, layout, rule, earlier: runs.last?.layout) {
      throw .otherReferences(change)
    }
    if let other = runs.last {
      throw .otherLayout(file: file.digest, recorded: other.layout, offered: layout)
    }
    return nil
  }

  /// Whether a new file run of these bytes passes a hold.
  private func isHeld(
    _ file: FileIdentity, _ layout: LayoutIdentity, _ rule: ReferenceRule?
  ) throws(LedgerError) -> Bool {
    guard try fileRuns(of: file.digest).isEmpty else { return true }
    return try referenceChange(file, layout, rule, earlier: nil) != nil
  }

  /// The file runs of these bytes, oldest first: more than one only where another layout was approved.
  package func fileRuns(of digest: SHA256Digest) throws(LedgerError) -> [FileRun] {
    try fileRuns("digest = ?1 ORDER BY id") { $0.bind(1, digest) }
  }

  /// The file runs of files of this name, oldest first.
  package func fileRuns(named name: String) throws(LedgerError) -> [FileRun] {
    try fileRuns("name = ?1 ORDER BY id") { $0.bind(1, name) }
  }

  /// The file runs of files of a name, or whose digest begins with these 12 digits, oldest first.
  package func fileRuns(known word: String) throws(LedgerError) -> [FileRun] {
    try fileRuns("name = ?1 OR lower(hex(substr(digest, 1, 6))) = ?1 ORDER BY id") { $0.bind(1, word) }
  }

  /// The last file run of bytes whose digest begins with these 12 digits; `nil` where there is none.
  package func latestFileRun(short digits: String) throws(LedgerError) -> FileRun? {
    let statement = try Statement(
      database, "\(Self.selectFileRun) WHERE lower(hex(substr(digest, 1, 6))) = ?1 ORDER BY id DESC LIMIT 1")
    statement.bind(1, digits)
    return try statement.step() ? try fileRun(in: statement) : nil
  }

  /// The file runs that were begun last, the latest first.
  package func latestFileRuns(limit: Int) throws(LedgerError) -> [FileRun] {
    let statement = try Statement(database, "\(Self.selectFileRun) ORDER BY id DESC LIMIT ?1")
    statement.bind(1, limit)
    var runs: [FileRun] = []
    while try statement.step() { runs.append(try fileRun(in: statement)) }
    return runs
  }

  /// The file runs that are sent in ranges now: see `takeRange`.
  package func fileRunsInRanges() throws(LedgerError) -> [FileRun] {
    try fileRuns("range_rows IS NOT NULL ORDER BY id") { _ in }
  }

  /// A file run as it stands now; `nil` where the ledger has none of this number.
  package func fileRun(_ id: FileRunID) throws(LedgerError) -> FileRun? {
    let statement = try Statement(database, "\(Self.selectFileRun) WHERE id = ?1")
    statement.bind(1, id.value)
    return try statement.step() ? try fileRun(in: statement) : nil
  }

  /// Sets how far a file run has come, and its verdict where one is given (else it stays).
  package func setState(
    _ state: FileState, of fileRun: FileRunID, verdict: Verdict? = nil, now: WallTime
  ) throws(LedgerError) {
    try database.transaction { () throws(LedgerError) in
      try note(now)
      let statement = try Statement(
        database, "UPDATE file_run SET state = ?2, verdict = coalesce(?3, verdict) WHERE id = ?1")
      statement.bind(1, fileRun.value)
      statement.bind(2, state.rawValue)
      statement.bind(3, verdict?.rawValue)
      try statement.run()
    }
  }

  /// Lets a file go on, one that was held among others: takes the verdict back. A file of which nothing was sent yet is
  /// `checked` from then on, and is not held again for what was known before sending.
  ///
  /// - Parameter approval: Noted where it was approved.
  package func release(_ fileRun: FileRun, approval: String?, now: WallTime) throws(LedgerError) {
    try database.transaction { () throws(LedgerError) in
      try note(now)
      let statement = try Statement(
        database,
        """
        UPDATE file_run SET verdict = NULL, approval = coalesce(?2, approval),
          state = CASE WHEN state IN ('claimed', 'staged') THEN 'checked' ELSE state END
        WHERE id = ?1
        """)
      statement.bind(1, fileRun.id.value)
      statement.bind(2, approval)
      try statement.run()
    }
  }

  /// Notes that every row that is to be sent was sent: no row of the file is left that only waited.
  package func completeSending(of fileRun: FileRunID, now: WallTime) throws(LedgerError) {
    try database.transaction { () throws(LedgerError) in
      try note(now)
      let statement = try Statement(database, "UPDATE file_run SET sending_completed_at = ?2 WHERE id = ?1")
      statement.bind(1, fileRun.value)
      statement.bind(2, time(at: now).milliseconds)
      try statement.run()
    }
  }

  private func insertFileRun(
    _ file: FileIdentity, _ layout: LayoutIdentity, _ feed: String, approval: String?, _ start: WallTime
  ) throws(LedgerError) -> FileRunID {
    let statement = try Statement(
      database,
      """
      INSERT INTO file_run (digest, name, byte_count, layout_digest, layout_name, duplicates, approval, state,
        started_at, feed)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) RETURNING id
      """)
    statement.bind(1, file.digest)
    statement.bind(2, file.name)
    statement.bind(3, file.byteCount)
    statement.bind(4, layout.digest)
    statement.bind(5, layout.name)
    statement.bind(6, layout.duplicates)
    statement.bind(7, approval)
    statement.bind(8, FileState.claimed.rawValue)
    statement.bind(9, start.milliseconds)
    statement.bind(10, feed)
    return FileRunID(try statement.number())
  }

  /// Those of which a condition holds.
  func fileRuns(_ condition: String, _ bind: (Statement) -> Void) throws(LedgerError) -> [FileRun] {
    let statement = try Statement(database, "\(Self.selectFileRun) WHERE \(condition)")
    bind(statement)
    var runs: [FileRun] = []
    while try statement.step() { runs.append(try fileRun(in: statement)) }
    return runs
  }

  private static let selectFileRun = """
    SELECT id, digest, name, byte_count, layout_digest, layout_name, duplicates, state, verdict, started_at,
      sending_completed_at, sent, retried, throttled, replayed, feed,
      approval, operation,
      CASE WHEN EXISTS (
        SELECT 1 FROM party_difference AS open WHERE open.file_run = file_run.id AND open.state = 1) THEN 1 ELSE 0 END
    FROM file_run
    """

  private func fileRun(in statement: Statement) throws(LedgerError) -> FileRun {
    let id = FileRunID(statement.integer(0))
    guard let digest = statement.digest(1), let layoutDigest = statement.digest(4),
      let state = statement.text(7).flatMap(FileState.init)
    else { throw unreadable("a file run") }
    return FileRun(
      id: id,
      file: FileIdentity(digest: digest, name: statement.text(2) ?? "", byteCount: statement.integer(3)),
      layout: LayoutIdentity(
        digest: layoutDigest, name: statement.text(5) ?? "", duplicates: statement.text(6) ?? ""),
      feed: statement.text(15) ?? "", operation: statement.text(17).flatMap(OperationKind.init) ?? .bill,
      approval: statement.text(16),
      state: state, verdict: statement.text(8).flatMap(Verdict.init),
      startedAt: WallTime(milliseconds: statement.integer(9)),
      sendingCompletedAt: statement.isNull(10) ? nil : WallTime(milliseconds: statement.integer(10)),
      requests: RequestCounts(
        sent: Int(statement.integer(11)), retried: Int(statement.integer(12)),
        throttled: Int(statement.integer(13)), replayed: Int(statement.integer(14))),
      rows: try counts(of: id), hasOpenChanges: statement.integer(18) != 0)
  }
}
