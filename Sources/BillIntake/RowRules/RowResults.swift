/// What the check of a batch found; reused from batch to batch.
struct RowResults: Sendable {
  /// How many data records were checked.
  var rows = 0
  /// What the rules across rows need to know of them.
  let facts = FactLists()
  /// What is wrong with the rows, in their order. Good rows have none.
  var drafts: [FindingDraft] = []
  /// The places among them of the rows that break a rule of their own.
  var invalid: [Int] = []
  /// The money of the rows.
  var money = MoneyTally()

  mutating func removeAll() {
    rows = 0
    facts.removeAll()
    drafts.removeAll(keepingCapacity: true)
    invalid.removeAll(keepingCapacity: true)
    money = MoneyTally()
  }

  /// Adds the next row.
  mutating func append(_ row: RowInCheck) {
    if !row.facts.isValid { invalid.append(rows) }
    if let read = row.money { money.add(read, isValid: row.facts.isValid) }
    facts.append(row.facts, row: rows)
    rows += 1
  }
}
