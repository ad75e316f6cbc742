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
    addMetadata(bill.metadata)
    return finish()
  }

  /// The same of what a row gives a customer or account beside its balance; `nil` where it gives nothing.
  package func number(of values: PartyValues) -> Int64? {
    let texts = [values.name, values.email, values.phone, values.currency?.description]
    guard texts.contains(where: { $0 != nil }) || !values.metadata.isEmpty else { return nil }
    hasher.updateLengthPrefixed(values.key.reference)
    for value in texts {
      hasher.update(UInt64(value == nil ? 0 : 1))
      hasher.updateLengthPrefixed(value ?? "")
    }
    hasher.updateLengthPrefixed(values.owner?.reference ?? "")
    addMetadata(values.metadata)
    return finish()
  }

  /// The same of what is added to a balance: reference, money and whose it is.
  package func number(of credit: Credit) -> Int64 {
    hasher.updateLengthPrefixed("credit")
    hasher.updateLengthPrefixed(credit.reference)
    hasher.update(UInt64(credit.currency.packed))
    hasher.update(UInt64(bitPattern: credit.amount))
    hasher.updateLengthPrefixed(credit.party.key.words)
    return finish()
  }

  /// What stands in the ledger with the intent of a request, to be compared with another row of the same reference.
  package func number(of operation: BillOperation, sending sent: BillOperation) -> Int64? {
    if case .credit(let credit) = operation { number(of: credit) } else { sent.bill.map(number) }
  }

  private func addMetadata(_ metadata: Metadata) {
    guard !metadata.isEmpty else { return }
    for pair in metadata.pairs.sorted(by: { $0.key < $1.key }) {
      hasher.updateLengthPrefixed(pair.key)
      hasher.updateLengthPrefixed(pair.value)
    }
  }

  private func finish() -> Int64 { Int64(bitPattern: hasher.finish().beginning) }

  private func addParty(_ party: BillParty) {
    switch party {
    case .customer(let customer): add("customer", customer.reference)
    case .customerID(let id): add("customer id", id)
    case .account(let account):
      add("account", account.reference)
      hasher.updateLengthPrefixed(account.customer.reference)
    case .accountID(let id): add("account id", id)
    }
  }

  private func add(_ kind: String, _ name: String) {
    hasher.updateLengthPrefixed(kind)
    hasher.updateLengthPrefixed(name)
  }
}
