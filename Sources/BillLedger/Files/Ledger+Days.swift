package import BillModel

/// Requests of the days of a zone, for a daily budget: what may go out is counted before it does.
extension Ledger {
  /// How many requests were counted on a day, by all runs with a daily budget.
  package func requests(on date: CivilDate) throws(LedgerError) -> Int {
    let statement = rowStatements.findDay
    defer { statement.reset() }
    statement.bind(1, date.description)
    return try statement.step() ? Int(statement.integer(0)) : 0
  }

  /// The last day (YYYY-MM-DD) on which requests were counted, with their number; `nil` where none were.
  package func lastCountedDay() throws(LedgerError) -> (date: String, requests: Int)? {
    let statement = try Statement(database, "SELECT date, requests FROM day ORDER BY date DESC LIMIT 1")
    defer { statement.reset() }
    guard try statement.step(), let date = statement.text(0) else { return nil }
    return (date, Int(statement.integer(1)))
  }

  /// Counts up to `wanted` further requests on a day that may have `most` of them: as many as are left, whoever else counts
  /// at the same time. Durable when it returns, also while commits don't wait for the disk. Returns how many, and how many
  /// are left after that.
  package func reserve(
    upTo wanted: Int, on date: CivilDate, most: Int
  ) throws(LedgerError) -> (granted: Int, left: Int) {
    try atOnce { () throws(LedgerError) in
      try database.transaction { () throws(LedgerError) in
        try add(0, to: date, most: .max)
        var used = try requests(on: date)
        // Another process's count may come between the look and the change: then it is looked at again.
        while used < most {
          let granted = min(wanted, most - used)
          if try add(granted, to: date, most: most) { return (granted, most - used - granted) }
          used = try requests(on: date)
        }
        return (0, 0)
      }
    }
  }

  /// Takes back what was reserved on a day and certainly didn't go out.
  package func giveBack(_ requests: Int, on date: CivilDate) throws(LedgerError) {
    try database.transaction { () throws(LedgerError) in _ = try add(-requests, to: date, most: .max) }
  }

  /// Adds to a day's count, unless it would be more than `most` then; whether it did.
  @discardableResult
  private func add(_ requests: Int, to date: CivilDate, most: Int) throws(LedgerError) -> Bool {
    let statement = rowStatements.addDay
    statement.bind(1, date.description)
    statement.bind(2, requests)
    statement.bind(3, most)
    try statement.run()
    return database.changedRows > 0
  }
}
