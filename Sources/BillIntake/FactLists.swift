/// What the rules across rows need to know of the rows of a block: a list for each log, which takes it in one go.
struct FactLists: Sendable {
  /// A row's reference.
  struct Reference: BitwiseCopyable {
    /// Its fingerprint.
    var key: UInt64
    /// The row's place among the block's rows.
    var row: UInt32
  }

  /// What a row says of a party.
  struct Party: BitwiseCopyable {
    /// The fingerprint of the party's reference.
    var key: UInt64
    /// The fingerprint of what is said of it.
    var value: UInt64
  }

  /// In the order of the rows.
  let references = PlainList<Reference>()
  let accounts = PlainList<Party>()
  let customers = PlainList<Party>()

  func removeAll() {
    references.removeAll()
    accounts.removeAll()
    customers.removeAll()
  }

  /// Adds those of one row.
  func append(_ facts: RowFacts, row: Int) {
    if facts.hasReference {
      references.append(Reference(key: facts.reference, row: UInt32(truncatingIfNeeded: row)))
    }
    if facts.hasAccount { accounts.append(Party(key: facts.account, value: facts.accountValue)) }
    if facts.hasCustomer {
      customers.append(Party(key: facts.customer, value: facts.customerValue))
    }
  }
}
