package import BillModel

extension Ledger {
  /// How many requests were counted on a day, by all runs with a daily budget.
  package func requests(on date: CivilDate) throws(LedgerError) -> Int {
    let statement = rowStatements.findDay
    defer { statement.reset() }
    statement.bind(1, date.description)
    return try statement.step() ? Int(statement.integer(0)) : 0
  }
}
