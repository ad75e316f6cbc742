/// What the check of a batch found; reused from batch to batch.
struct RowResults: Sendable {
  /// One for each data record, in order.
  var facts: [RowFacts] = []
  /// What is wrong with the rows, in their order. Good rows have none.
  var drafts: [FindingDraft] = []
  /// The places in `facts` of the rows that break a rule of their own.
  var invalid: [Int] = []
  /// The money of the rows.
  var money = MoneyTally()

  mutating func removeAll() {
    facts.removeAll(keepingCapacity: true)
    drafts.removeAll(keepingCapacity: true)
    invalid.removeAll(keepingCapacity: true)
    money = MoneyTally()
  }

  /// Adds the next row.
  mutating func append(_ row: RowInCheck) {
    if !row.facts.isValid { invalid.append(facts.count) }
    if let read = row.money { money.add(read, isValid: row.facts.isValid) }
    facts.append(row.facts)
  }
}
