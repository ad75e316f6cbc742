/// What the rules across rows keep of each row: fingerprints, for which rows to compare on their bytes in the end.
struct RuleLogs {
  var references = ReferenceLog()
  let accounts = PartyTable()
  let customers = PartyTable()

  init() {}

  /// Notes rows. The reference of an invalid one is used up all the same; its parties don't count.
  ///
  /// - Parameter first: The record of the first of them.
  mutating func note(_ rows: [RowFacts], from first: Int) {
    rows.withUnsafeBufferPointer { rows in
      for index in rows.indices {
        let facts = rows[index]
        if facts.hasReference { references.note(facts.reference, record: UInt32(truncatingIfNeeded: first &+ index)) }
        if facts.hasAccount { accounts.note(PartyTable.Pair(key: facts.account, value: facts.accountValue)) }
        if facts.hasCustomer { customers.note(PartyTable.Pair(key: facts.customer, value: facts.customerValue)) }
      }
    }
  }
}
