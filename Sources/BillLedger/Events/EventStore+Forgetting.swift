package import BillModel

/// What old events may lose: what of their bodies nobody goes by. Ids, deliveries and digests stay, so that an event which
/// comes again is known.
extension EventStore {
  /// How a body begins that was shortened.
  package static let shortenedOpening = Array(#"{"shortened":true"#.utf8)

  private static let isWhole = "received_at < ?1 AND substr(body, 1, ?2) <> ?3"

  /// How many events that came before a time are kept as they came.
  package func wholeCount(before time: WallTime) throws(LedgerError) -> Int {
    let statement = try Statement(database, "SELECT count(*) FROM event WHERE \(Self.isWhole)")
    bindWhole(time, to: statement)
    defer { statement.reset() }
    return try statement.step() ? Int(statement.integer(0)) : 0
  }

  /// Puts `shortened` bodies in place of those that came before a time; what was there is overwritten in the file. How
  /// many events it were.
  ///
  /// - Parameter shortened: The body that stays, beginning with `shortenedOpening`.
  package func shorten(before time: WallTime, _ shortened: ([UInt8]) -> [UInt8]) throws(LedgerError) -> Int {
    // secure_delete: deleted text is overwritten with zeros (sqlite.org/pragma.html).
    try database.execute("PRAGMA secure_delete=ON")
    var count = 0
    while true {
      let done = try database.transaction { () throws(LedgerError) in try shortenSome(before: time, shortened) }
      if done == 0 { break }
      count += done
    }
    // The log holds pages as they were: it is emptied.
    try database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return count
  }

  private func shortenSome(before time: WallTime, _ shortened: ([UInt8]) -> [UInt8]) throws(LedgerError) -> Int {
    let find = try Statement(database, "SELECT id, body FROM event WHERE \(Self.isWhole) ORDER BY id LIMIT 1000")
    bindWhole(time, to: find)
    var bodies: [(id: Int64, body: [UInt8])] = []
    while try find.step() { bodies.append((find.integer(0), Array(find.blob(1)))) }
    let replace = try Statement(database, "UPDATE event SET body = ?2 WHERE id = ?1")
    for (id, body) in bodies {
      replace.bind(1, id)
      replace.bind(2, blob: shortened(body))
      try replace.run()
    }
    return bodies.count
  }

  private func bindWhole(_ time: WallTime, to statement: Statement) {
    statement.bind(1, time.milliseconds)
    statement.bind(2, Self.shortenedOpening.count)
    statement.bind(3, blob: Self.shortenedOpening)
  }
}
