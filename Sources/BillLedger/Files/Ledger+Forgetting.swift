package import BillModel

/// What a ledger may forget. References, digests, ids, outcomes and the states of files stay: without them a file could
/// be sent a second time, and a bill that a crash left unknown could be raised twice.
extension Ledger {
  /// Texts of the API's that stand with rows and parties of files that are through: words for people, by which nothing
  /// is ever decided, and in which the API may have named somebody.
  package func textCount(_ texts: ForgettableTexts) throws(LedgerError) -> Int {
    var count = 0
    for table in Self.tablesWithTexts {
      let statement = try Statement(database, "SELECT count(*) FROM \(table) WHERE \(Self.isForgettable(texts))")
      if try statement.step() { count += Int(statement.integer(0)) }
    }
    return count
  }

  /// Forgets those texts, by age also the counts of days long past; what is deleted is overwritten in the file too; a
  /// server keeps it until it uses its place again, and in its own logs. How many texts it were.
  package func forgetTexts(_ texts: ForgettableTexts, now: WallTime) throws(LedgerError) -> Int {
    try database.beginErasing()
    let count = try database.transaction { () throws(LedgerError) -> Int in
      try note(now)
      var count = 0
      for table in Self.tablesWithTexts {
        let statement = try Statement(database, "UPDATE \(table) SET message = NULL WHERE \(Self.isForgettable(texts))")
        try statement.run()
        count += database.changedRows
      }
      if case .before(let time) = texts {
        let days = try Statement(database, "DELETE FROM day WHERE date < ?1")
        days.bind(1, String(time.rfc3339.prefix(10)))
        try days.run()
      }
      return count
    }
    try database.endErasing()
    return count
  }

  private static let tablesWithTexts = ["file_row", "party_difference"]

  /// Rows of files that are finished and are meant; nothing of a file that is still under way.
  private static func isForgettable(_ texts: ForgettableTexts) -> String {
    let states = [RowCode.intended, .unknown, .unsent].map { String($0.rawValue) }.joined(separator: ", ")
    let isMeant =
      switch texts {
      case .before(let time): "started_at < \(time.milliseconds)"
      case .of(let runs): "id IN (\(runs.map { String($0.value) }.joined(separator: ", ")))"
      }
    return """
      message IS NOT NULL AND file_run IN (
        SELECT id FROM file_run WHERE \(isMeant) AND sending_completed_at IS NOT NULL
          AND NOT EXISTS (
            SELECT 1 FROM row_count WHERE row_count.file_run = file_run.id AND state IN (\(states)) AND rows > 0))
      """
  }
}
