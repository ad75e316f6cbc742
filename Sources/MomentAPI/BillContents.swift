package import BillModel
import Hashing

/// What bills ask for, as numbers: two rows with the same number ask for the same bill by rule 12. For one thread.
///
/// A row that leaves its date to the server, or names its party otherwise, has another number although its bill may be
/// the same: different numbers prove nothing.
package struct BillContents {
  private let hasher = SHA256Hasher()

  package init() {}

  /// The first 8 bytes of a SHA-256 over reference, money, dates, party and metadata, each with its length.
  package func number(of bill: Bill) -> Int64 {
    hasher.updateLengthPrefixed(bill.reference)
    hasher.update(UInt64(bill.currency.packed))
    hasher.update(UInt64(bitPattern: bill.amountDue))
    hasher.update(UInt64(bill.billDate?.packed ?? 0))
    hasher.update(UInt64(bill.dueDate?.packed ?? 0))
    addParty(bill.party)
    for pair in bill.metadata.pairs.sorted(by: { $0.key < $1.key }) {
      hasher.updateLengthPrefixed(pair.key)
      hasher.updateLengthPrefixed(pair.value)
    }
    return Int64(bitPattern: hasher.finish().beginning)
  }

  private func addParty(_ party: BillParty) {
    switch party {
    case .customer(let customer): add("customer", customer.reference)
    case .customerID(let id): add("customer id", id)
    case .account(let account): add("account", account.reference, account.customer.reference)
    case .accountID(let id): add("account id", id)
    }
  }

  private func add(_ texts: String...) { for text in texts { hasher.updateLengthPrefixed(text) } }
}
