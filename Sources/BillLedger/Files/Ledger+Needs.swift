package import BillModel

extension Ledger {
  /// Keeps what a look at a drop left that needs somebody, in place of what the look before it left. What stands in both
  /// keeps the time since which it is known.
  ///
  /// - Parameters:
  ///   - needs: each of one of `kinds`.
  ///   - kinds: What the look could see; others stay.
  ///   - isLeft: Whether something that isn't among `needs` stays all the same: it wasn't looked at.
  package func keep(
    _ needs: [DropNeed], ofDrop place: String, kinds: Set<DropNeed.Kind>, isLeft: (DropNeed) -> Bool = { _ in false }
  ) throws(LedgerError) {
    let known = try self.needs(ofDrop: place).filter { kinds.contains($0.kind) }
    let knownByName = Dictionary(known.map { ($0.subject, $0) }, uniquingKeysWith: { first, _ in first })
    var wanted = Dictionary(needs.map { ($0.subject, $0) }, uniquingKeysWith: { first, _ in first })
    for (subject, need) in wanted {
      if let before = knownByName[subject], before.isSameMatter(as: need) { wanted[subject]?.since = before.since }
    }
    let gone = known.filter { !isLeft($0) && wanted[$0.subject] == nil }
    let news = Set(wanted.values).subtracting(known)
    guard !gone.isEmpty || !news.isEmpty else { return }
    try database.transaction { () throws(LedgerError) in
      for need in gone { try delete(need) }
      for need in news { try insert(need) }
    }
  }

  /// Takes something off what needs somebody.
  package func remove(_ need: DropNeed) throws(LedgerError) {
    try database.transaction { () throws(LedgerError) in try delete(need) }
  }

  /// For so many days a file that was rejected as a whole is somebody's matter.
  package static let daysOfRejected: Int64 = 31

  /// Keeps that a file which was submitted by name was rejected as a whole; those from too long ago go.
  package func keepRejected(_ need: DropNeed) throws(LedgerError) {
    try database.transaction { () throws(LedgerError) in
      for old in try needs(ofDrop: need.place) where old.since < Self.oldestRejected(need.since) { try delete(old) }
      try insert(need)
    }
  }

  /// Whether a file that was rejected as a whole, and had been submitted by name, is done with: a usable one of its name
  /// has come since, mended or not, or its own bytes under another layout, or it is long ago.
  package func isDone(withRejected need: DropNeed, names: [String], now: WallTime) throws(LedgerError) -> Bool {
    if need.since < Self.oldestRejected(now) { return true }
    if let run = try need.approval.flatMap({ (digits) throws(LedgerError) in try latestFileRun(short: digits) }),
      !run.isFresh || run.startedAt > need.since
    {
      return true
    }
    for name in names {
      if try fileRuns(named: name).contains(where: { $0.feed == need.feed && $0.startedAt > need.since }) {
        return true
      }
    }
    return false
  }

  private static func oldestRejected(_ now: WallTime) -> WallTime {
    now.advanced(byMilliseconds: -daysOfRejected * 86_400_000)
  }

  /// Notes that a drop was looked at, from one end to the other.
  package func noteLook(atDrop place: String, _ time: WallTime) throws(LedgerError) {
    let now = self.time(at: time)
    try database.transaction { () throws(LedgerError) in
      let statement = try Statement(
        database,
        "INSERT INTO drop_look (place, at) VALUES (?1, ?2) ON CONFLICT (place) DO UPDATE SET at = excluded.at")
      statement.bind(1, place)
      statement.bind(2, now.milliseconds)
      try statement.run()
    }
  }

  /// When each drop was last looked at, by their names.
  package func dropLooks() throws(LedgerError) -> [(place: String, at: WallTime)] {
    let statement = try Statement(database, "SELECT place, at FROM drop_look ORDER BY place")
    var looks: [(place: String, at: WallTime)] = []
    while try statement.step() {
      looks.append((statement.text(0) ?? "", WallTime(milliseconds: statement.integer(1))))
    }
    return looks
  }

  /// What needs somebody, what is known longest first.
  package func needs(ofDrop place: String? = nil) throws(LedgerError) -> [DropNeed] {
    let statement = try Statement(
      database,
      """
      SELECT place, feed, name, kind, reason, path, approval, sort_key, report, since FROM need
      WHERE CAST(?1 AS TEXT) IS NULL OR place = ?1 ORDER BY since, feed, name
      """)
    statement.bind(1, place)
    var needs: [DropNeed] = []
    while try statement.step() {
      guard let kind = statement.text(3).flatMap(DropNeed.Kind.init) else { continue }
      var need = DropNeed(
        place: statement.text(0) ?? "", feed: statement.text(1) ?? "", name: statement.text(2) ?? "", kind: kind,
        reason: statement.text(4) ?? "", since: WallTime(milliseconds: statement.integer(9)))
      need.path = statement.text(5)
      need.approval = statement.text(6)
      need.sortKey = statement.text(7)
      need.report = statement.text(8)
      needs.append(need)
    }
    return needs
  }

  /// Whether since then a file came that is the one that was held, or that stands in its place in the feed's order.
  package func hasCome(for need: DropNeed) throws(LedgerError) -> Bool {
    let statement = try Statement(
      database,
      """
      SELECT 1 FROM drop_file WHERE place = ?1 AND feed = ?2 AND claimed_at >= ?3
        AND (name = ?4 OR sort_key = CAST(?5 AS TEXT)) AND COALESCE(verdict, '') <> 'duplicate' LIMIT 1
      """)
    statement.bind(1, need.place)
    statement.bind(2, need.feed)
    statement.bind(3, need.since.milliseconds)
    statement.bind(4, need.name)
    statement.bind(5, need.sortKey)
    defer { statement.reset() }
    return try statement.step()
  }

  func insert(_ need: DropNeed) throws(LedgerError) {
    let statement = try Statement(
      database,
      """
      INSERT INTO need (place, feed, name, kind, reason, path, approval, sort_key, report, since)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
      ON CONFLICT (place, feed, name) DO UPDATE SET kind = excluded.kind, reason = excluded.reason,
        path = excluded.path, approval = excluded.approval, sort_key = excluded.sort_key, report = excluded.report,
        since = excluded.since
      """)
    statement.bind(1, need.place)
    statement.bind(2, need.feed)
    statement.bind(3, need.name)
    statement.bind(4, need.kind.rawValue)
    statement.bind(5, need.reason)
    statement.bind(6, need.path)
    statement.bind(7, need.approval)
    statement.bind(8, need.sortKey)
    statement.bind(9, need.report)
    statement.bind(10, need.since.milliseconds)
    try statement.run()
  }

  private func delete(_ need: DropNeed) throws(LedgerError) {
    let statement = try Statement(database, "DELETE FROM need WHERE place = ?1 AND feed = ?2 AND name = ?3")
    statement.bind(1, need.place)
    statement.bind(2, need.feed)
    statement.bind(3, need.name)
    try statement.run()
  }
}

extension DropNeed {
  /// What it is about, in one drop.
  fileprivate var subject: [String] { [feed, name] }

  fileprivate func isSameMatter(as other: DropNeed) -> Bool { kind == other.kind && approval == other.approval }
}
