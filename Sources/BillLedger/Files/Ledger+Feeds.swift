package import BillModel

extension Ledger {
  /// Since when a feed is watched: from now on, where it is new.
  package func watchedSince(feed: String, now: WallTime) throws(LedgerError) -> WallTime {
    try database.transaction { () throws(LedgerError) in
      let insert = try Statement(
        database, "INSERT INTO feed (name, watched_since) VALUES (?1, ?2) ON CONFLICT DO NOTHING")
      insert.bind(1, feed)
      insert.bind(2, time(at: now).milliseconds)
      try insert.run()
      let select = try Statement(database, "SELECT watched_since FROM feed WHERE name = ?1")
      select.bind(1, feed)
      guard try select.step() else { throw unreadable("a feed") }
      let since = WallTime(milliseconds: select.integer(0))
      select.reset()
      return since
    }
  }

  /// Since when a feed is watched; `nil` where it never was.
  package func knownSince(feed: String) throws(LedgerError) -> WallTime? {
    let select = try Statement(database, "SELECT watched_since FROM feed WHERE name = ?1")
    select.bind(1, feed)
    return try select.step() ? WallTime(milliseconds: select.integer(0)) : nil
  }

  /// A file that was rejected whole stands for no night: none of its rows was ever sent. Whether one does whose bytes had
  /// come before, is asked apart.
  private static let isUsable = "coalesce(verdict, '') NOT IN ('file_rejected', 'duplicate')"

  /// When the first usable file of this feed was claimed whose key lies in a range of texts, its ends among it; `nil`
  /// where none was.
  ///
  /// - Parameter start: Those that were claimed before, or at that moment, don't count.
  package func firstDropFile(
    ofFeed feed: String, keys: ClosedRange<String>, after start: WallTime = WallTime(milliseconds: .min)
  ) throws(LedgerError) -> WallTime? {
    let statement = try Statement(
      database,
      """
      SELECT min(claimed_at) FROM drop_file
      WHERE feed = ?1 AND sort_key BETWEEN ?2 AND ?3 AND claimed_at > ?4 AND \(Self.isUsable)
      """)
    statement.bind(1, feed)
    statement.bind(2, keys.lowerBound)
    statement.bind(3, keys.upperBound)
    statement.bind(4, start.milliseconds)
    return try time(statement)
  }

  /// When the first usable file of this feed was claimed after `start` and not after `end`; `nil` where none was.
  package func firstDropFile(
    ofFeed feed: String, after start: WallTime, upTo end: WallTime
  ) throws(LedgerError) -> WallTime? {
    let statement = try Statement(
      database,
      """
      SELECT min(claimed_at) FROM drop_file
      WHERE feed = ?1 AND claimed_at > ?2 AND claimed_at <= ?3 AND \(Self.isUsable)
      """)
    statement.bind(1, feed)
    statement.bind(2, start.milliseconds)
    statement.bind(3, end.milliseconds)
    return try time(statement)
  }

  /// The files of this feed whose bytes had come before and whose key lies in a range of texts, the first that came first.
  package func duplicates(ofFeed feed: String, keys: ClosedRange<String>) throws(LedgerError) -> [DropFile] {
    try dropFiles(
      "feed = ?1 AND sort_key BETWEEN ?2 AND ?3 AND verdict = 'duplicate' ORDER BY claimed_at, id LIMIT 1000"
    ) {
      $0.bind(1, feed)
      $0.bind(2, keys.lowerBound)
      $0.bind(3, keys.upperBound)
    }
  }

  /// The files of this feed whose bytes had come before, and that were claimed after `start` and not after `end`, the first
  /// that came first.
  package func duplicates(
    ofFeed feed: String, after start: WallTime, upTo end: WallTime
  ) throws(LedgerError) -> [DropFile] {
    try dropFiles(
      """
      feed = ?1 AND claimed_at > ?2 AND claimed_at <= ?3 AND verdict = 'duplicate' ORDER BY claimed_at, id LIMIT 1000
      """
    ) {
      $0.bind(1, feed)
      $0.bind(2, start.milliseconds)
      $0.bind(3, end.milliseconds)
    }
  }

  private func time(_ statement: Statement) throws(LedgerError) -> WallTime? {
    defer { statement.reset() }
    guard try statement.step(), !statement.isNull(0) else { return nil }
    return WallTime(milliseconds: statement.integer(0))
  }

  /// Whether people were told that a subject is in this state, and of no other since.
  package func wasTold(_ subject: String, _ state: String) throws(LedgerError) -> Bool {
    let statement = try Statement(database, "SELECT 1 FROM told WHERE subject = ?1 AND state = ?2")
    statement.bind(1, subject)
    statement.bind(2, state)
    defer { statement.reset() }
    return try statement.step()
  }

  /// Notes that people were told; forgets what they were told 90 days ago.
  package func noteTold(_ subject: String, _ state: String, now: WallTime) throws(LedgerError) {
    let time = time(at: now)
    try database.transaction { () throws(LedgerError) in
      try note(now)
      let statement = try Statement(
        database,
        """
        INSERT INTO told (subject, state, at) VALUES (?1, ?2, ?3)
        ON CONFLICT (subject) DO UPDATE SET state = excluded.state, at = excluded.at
        """)
      statement.bind(1, subject)
      statement.bind(2, state)
      statement.bind(3, time.milliseconds)
      try statement.run()
      let old = try Statement(database, "DELETE FROM told WHERE at < ?1")
      old.bind(1, time.milliseconds - 90 * 86_400_000)
      try old.run()
    }
  }

  /// Forgets what people were told of a subject, where they were told anything.
  package func forgetTold(_ subject: String) throws(LedgerError) {
    let select = try Statement(database, "SELECT 1 FROM told WHERE subject = ?1")
    select.bind(1, subject)
    let isKnown = try select.step()
    select.reset()
    guard isKnown else { return }
    try database.transaction { () throws(LedgerError) in
      let delete = try Statement(database, "DELETE FROM told WHERE subject = ?1")
      delete.bind(1, subject)
      try delete.run()
    }
  }

  /// How many files of each feed came to which end.
  package func dropFileCounts() throws(LedgerError) -> [(feed: String, verdict: String, files: Int)] {
    let statement = try Statement(
      database,
      """
      SELECT feed, verdict, count(*) FROM drop_file WHERE ended_at IS NOT NULL AND verdict IS NOT NULL
      GROUP BY feed, verdict ORDER BY feed, verdict
      """)
    var counts: [(feed: String, verdict: String, files: Int)] = []
    while try statement.step() {
      counts.append((statement.text(0) ?? "", statement.text(1) ?? "", Int(statement.integer(2))))
    }
    return counts
  }
}
