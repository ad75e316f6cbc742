/// What the rules across rows keep of each row: fingerprints, for which rows to compare on their bytes in the end.
struct RuleLogs {
  var references = ReferenceLog()
  var accounts = PartyLog()
  var customers = PartyLog()

  init() {}

  /// Notes a row. The reference of an invalid one is used up all the same; its parties don't count.
  mutating func note(_ facts: RowFacts, record: UInt32) {
    if facts.hasReference { references.note(facts.reference, record: record) }
    if facts.hasAccount { accounts.note(facts.account, facts.accountValue) }
    if facts.hasCustomer { customers.note(facts.customer, facts.customerValue) }
  }
}
