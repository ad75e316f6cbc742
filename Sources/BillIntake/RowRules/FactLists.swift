/// What the rules across rows need to know of the rows of a block: a list for each log, which takes it in one go.
struct FactLists: Sendable {
  /// A row's reference.
  struct Reference: BitwiseCopyable {
    /// Its fingerprint.
    var key: UInt64
    /// The row's place among the block's rows.
    var row: UInt32
  }

  /// What a row says of its parties, as `cscan_saying` has it: the fingerprints of their references, 0 where it names no
  /// such party, and those of what is said of them.
  struct Saying: BitwiseCopyable {
    var account: UInt64
    var accountValue: UInt64
    var customer: UInt64
    var customerValue: UInt64
  }

  /// In the order of the rows.
  let references = PlainList<Reference>()
  let sayings = PlainList<Saying>()

  func removeAll() {
    references.removeAll()
    sayings.removeAll()
  }

  /// Adds those of one row.
  func append(_ facts: RowFacts, row: Int) {
    if facts.hasReference {
      references.append(Reference(key: facts.reference, row: UInt32(truncatingIfNeeded: row)))
    }
    guard facts.hasAccount || facts.hasCustomer else { return }
    sayings.append(
      Saying(
        account: facts.hasAccount ? facts.account : 0, accountValue: facts.hasAccount ? facts.accountValue : 0,
        customer: facts.hasCustomer ? facts.customer : 0,
        customerValue: facts.hasCustomer ? facts.customerValue : 0))
  }
}
