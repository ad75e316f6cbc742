/// What the check of a batch found; reused from batch to batch.
struct RowResults: Sendable {
  /// One for each data record, in order.
  var facts: [RowFacts] = []
  /// What is wrong with the rows, in their order. Good rows have none.
  var drafts: [FindingDraft] = []

  mutating func removeAll() {
    facts.removeAll(keepingCapacity: true)
    drafts.removeAll(keepingCapacity: true)
  }
}
