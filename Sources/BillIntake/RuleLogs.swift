/// What the rules across rows keep of each row: fingerprints, for which rows to compare on their bytes in the end.
struct RuleLogs {
  var references = ReferenceLog()
  var accounts = PartyLog()
  var customers = PartyLog()

  init() {}

  /// Notes rows. The reference of an invalid one is used up all the same; its parties don't count.
  ///
  /// - Parameter first: The record of the first of them.
  mutating func note(_ rows: [RowFacts], from first: Int) {
    for (index, facts) in rows.enumerated() {
      if facts.hasReference { references.note(facts.reference, record: UInt32(truncatingIfNeeded: first + index)) }
      if facts.hasAccount { accounts.note(facts.account, facts.accountValue) }
      if facts.hasCustomer { customers.note(facts.customer, facts.customerValue) }
    }
  }
}
