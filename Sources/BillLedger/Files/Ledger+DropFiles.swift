package import BillModel
package import Hashing

extension Ledger {
  /// The number by which this ledger's claims in drops are known: 16 hexadecimal digits.
  package func identity() throws(LedgerError) -> String {
    let statement = try Statement(database, "SELECT identity FROM ledger_identity")
    guard try statement.step(), let identity = statement.text(0) else { throw unreadable("its own number") }
    statement.reset()
    return identity
  }

  /// Begins a file that was claimed.
  package func beginDropFile(
    place: String, feed: String, name: String, sortKey: String?, byteCount: Int64, modified: Int64, now: WallTime
  ) throws(LedgerError) -> DropFile {
    let start = time(at: now)
    let id = try database.transaction { () throws(LedgerError) in
      try note(now)
      let statement = try Statement(
        database,
        """
        INSERT INTO drop_file (place, feed, name, sort_key, byte_count, modified, claimed_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id
        """)
      statement.bind(1, place)
      statement.bind(2, feed)
      statement.bind(3, name)
      statement.bind(4, sortKey)
      statement.bind(5, byteCount)
      statement.bind(6, modified)
      statement.bind(7, start.milliseconds)
      return try statement.number()
    }
    return DropFile(
      id: id, place: place, feed: feed, name: name, sortKey: sortKey, byteCount: byteCount, modified: modified,
      claimedAt: start)
  }

  /// Writes what is known of a file now; its own times are as `time(at:)` gives them.
  package func update(_ file: DropFile, now: WallTime) throws(LedgerError) {
    try database.transaction { () throws(LedgerError) in
      try note(now)
      let statement = try Statement(
        database,
        """
        UPDATE drop_file SET byte_count = ?2, modified = ?3, digest = ?4, verdict = ?5, reason = ?6, report = ?7,
          target = ?8, target_place = ?9, ended_at = ?10, told = ?11, sort_key = ?12
        WHERE id = ?1
        """)
      statement.bind(1, file.id)
      statement.bind(2, file.byteCount)
      statement.bind(3, file.modified)
      statement.bind(4, file.digest)
      statement.bind(5, file.verdict?.rawValue)
      statement.bind(6, file.reason)
      statement.bind(7, file.report)
      statement.bind(8, file.target)
      statement.bind(9, file.targetPlace)
      statement.bind(10, file.endedAt?.milliseconds)
      statement.bind(11, file.told)
      statement.bind(12, file.sortKey)
      try statement.run()
    }
  }

  /// The files of a drop that were claimed and are not put away, oldest first.
  package func openDropFiles(in place: String) throws(LedgerError) -> [DropFile] {
    try dropFiles("place = ?1 AND ended_at IS NULL ORDER BY id") { $0.bind(1, place) }
  }

  /// The files of any drop that were claimed since a time and are not put away, oldest first.
  package func openDropFiles(since time: WallTime) throws(LedgerError) -> [DropFile] {
    try dropFiles("ended_at IS NULL AND claimed_at > ?1 ORDER BY id") { $0.bind(1, time.milliseconds) }
  }

  /// The files of a name that were claimed in other drops than this one and are not put away, oldest first.
  package func openDropFiles(named name: String, outside place: String) throws(LedgerError) -> [DropFile] {
    try dropFiles("name = ?1 AND place <> ?2 AND ended_at IS NULL ORDER BY id") {
      $0.bind(1, name)
      $0.bind(2, place)
    }
  }

  /// When files were put away, by the folders of the drop that they went to and their names there; of several of one name
  /// the last.
  package func putAway(in place: String) throws(LedgerError) -> [String: [String: WallTime]] {
    let statement = try Statement(
      database,
      """
      SELECT target_place, target, MAX(ended_at) FROM drop_file
      WHERE place = ?1 AND ended_at IS NOT NULL AND target IS NOT NULL AND target_place IS NOT NULL
      GROUP BY target_place, target
      """)
    statement.bind(1, place)
    var times: [String: [String: WallTime]] = [:]
    while try statement.step() {
      guard let folder = statement.text(0), let name = statement.text(1) else { continue }
      times[folder, default: [:]][name] = WallTime(milliseconds: statement.integer(2))
    }
    return times
  }

  /// The files that were put away, and of which nobody was told, oldest first.
  package func untoldDropFiles() throws(LedgerError) -> [DropFile] {
    try dropFiles("ended_at IS NOT NULL AND told IS NULL ORDER BY id") { _ in }
  }

  /// Notes that people were told of the end of a file.
  package func noteDropFileTold(_ number: Int64, now: WallTime) throws(LedgerError) {
    try database.transaction { () throws(LedgerError) in
      try note(now)
      let statement = try Statement(database, "UPDATE drop_file SET told = 'ended' WHERE id = ?1")
      statement.bind(1, number)
      try statement.run()
    }
  }

  /// Of a feed's files with a place in its order that were sent to their end and put away, the one that was taken last,
  /// wherever it stands in that order: what stands last there is `lastBegun`.
  package func lastPutAway(ofFeed feed: String) throws(LedgerError) -> DropFile? {
    try dropFiles(
      """
      feed = ?1 AND sort_key IS NOT NULL AND ended_at IS NOT NULL AND verdict IN ('complete', 'complete_with_rejects')
      ORDER BY id DESC LIMIT 1
      """
    ) { $0.bind(1, feed) }.first
  }

  /// The file with these bytes that was put away; `nil` where there is none.
  package func archivedDropFile(of digest: SHA256Digest) throws(LedgerError) -> DropFile? {
    try dropFiles(
      """
      digest = ?1 AND ended_at IS NOT NULL AND verdict IN ('complete', 'complete_with_rejects') ORDER BY id LIMIT 1
      """
    ) { $0.bind(1, digest) }.first
  }

  /// The files of a drop that were rejected as a whole since a time, and for which none has come and gone through: of the
  /// same name, or for the same place in the feed's order. Oldest first.
  package func rejectedDropFiles(in place: String, since time: WallTime) throws(LedgerError) -> [DropFile] {
    try dropFiles(
      """
      place = ?1 AND verdict = 'file_rejected' AND ended_at > ?2 AND NOT EXISTS (
        SELECT 1 FROM drop_file AS later
        WHERE later.feed = drop_file.feed AND later.id > drop_file.id
          AND (later.name = drop_file.name OR later.sort_key = drop_file.sort_key)
          AND later.verdict IN ('complete', 'complete_with_rejects'))
      ORDER BY id LIMIT 1000
      """
    ) {
      $0.bind(1, place)
      $0.bind(2, time.milliseconds)
    }
  }

  /// The last file of a feed with this place in its order; `nil` where none came.
  package func lastDropFile(ofFeed feed: String, key: String) throws(LedgerError) -> DropFile? {
    try dropFiles("feed = ?1 AND sort_key = ?2 ORDER BY id DESC LIMIT 1") {
      $0.bind(1, feed)
      $0.bind(2, key)
    }.first
  }

  /// The files that are through but for some of their rows and were not put away before a time, oldest first.
  package func dropFilesWithOpenRows(since time: WallTime) throws(LedgerError) -> [DropFile] {
    try dropFiles("verdict = 'complete_with_rejects' AND (ended_at IS NULL OR ended_at > ?1) ORDER BY id") {
      $0.bind(1, time.milliseconds)
    }
  }

  /// Files of a drop that somebody took away while they were held: nothing of them is to be let through.
  package func takenAwayDropFiles(in place: String) throws(LedgerError) -> [DropFile] {
    try dropFiles(
      """
      place = ?1 AND ended_at IS NOT NULL AND verdict = 'held' AND digest IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM drop_file AS later WHERE later.digest = drop_file.digest AND later.id > drop_file.id)
      ORDER BY id DESC LIMIT 1000
      """
    ) { $0.bind(1, place) }
  }

  /// The files that came through drops under a name, or whose digest begins with these 12 digits, oldest first.
  package func dropFiles(known word: String) throws(LedgerError) -> [DropFile] {
    try dropFiles("name = ?1 OR lower(hex(substr(digest, 1, 6))) = ?1 ORDER BY id") { $0.bind(1, word) }
  }

  /// The last file with these bytes that came through a drop; `nil` where there is none.
  package func latestDropFile(of digest: SHA256Digest) throws(LedgerError) -> DropFile? {
    try dropFiles("digest = ?1 ORDER BY id DESC LIMIT 1") { $0.bind(1, digest) }.first
  }

  /// Whether a file run's file has so many bytes: only such a one may come a second time.
  package func knowsFile(ofSize byteCount: Int64) throws(LedgerError) -> Bool {
    let statement = try Statement(database, "SELECT 1 FROM file_run WHERE byte_count = ?1 LIMIT 1")
    statement.bind(1, byteCount)
    defer { statement.reset() }
    return try statement.step()
  }

  /// The files for which a condition of SQL holds.
  func dropFiles(
    _ condition: String, _ bind: (Statement) -> Void
  ) throws(LedgerError) -> [DropFile] {
    let statement = try Statement(
      database,
      """
      SELECT id, place, feed, name, sort_key, byte_count, modified, digest, verdict, reason, report, target,
        target_place, claimed_at, ended_at, told
      FROM drop_file WHERE \(condition)
      """)
    bind(statement)
    var files: [DropFile] = []
    while try statement.step() { files.append(DropFile(in: statement)) }
    return files
  }
}

extension DropFile {
  fileprivate init(in statement: Statement) {
    id = statement.integer(0)
    place = statement.text(1) ?? ""
    feed = statement.text(2) ?? ""
    name = statement.text(3) ?? ""
    sortKey = statement.text(4)
    byteCount = statement.integer(5)
    modified = statement.integer(6)
    digest = statement.digest(7)
    verdict = statement.text(8).flatMap(Verdict.init)
    reason = statement.text(9)
    report = statement.text(10)
    target = statement.text(11)
    targetPlace = statement.text(12)
    claimedAt = WallTime(milliseconds: statement.integer(13))
    endedAt = statement.isNull(14) ? nil : WallTime(milliseconds: statement.integer(14))
    told = statement.text(15)
  }
}
