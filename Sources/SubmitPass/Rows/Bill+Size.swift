import BillModel

extension Bill {
  /// About what the bill takes in memory, in bytes.
  var estimatedBytes: Int {
    512 + reference.utf8.count + metadata.textBytes + party.textBytes
  }
}

extension PartyValues {
  /// About what they take in memory, in bytes.
  var estimatedBytes: Int {
    let texts = [name, email, phone].reduce(key.reference.utf8.count) { $0 + ($1?.utf8.count ?? 0) }
    return 512 + texts + metadata.textBytes + (owner?.textBytes ?? 0)
  }
}

extension BillParty {
  fileprivate var textBytes: Int {
    switch self {
    case .customer(let customer): customer.textBytes
    case .customerID(let id), .accountID(let id): id.utf8.count
    case .account(let account):
      account.reference.utf8.count + (account.name?.utf8.count ?? 0) + account.metadata.textBytes
        + account.customer.textBytes
    }
  }
}

extension Customer {
  fileprivate var textBytes: Int {
    reference.utf8.count + (name?.utf8.count ?? 0) + (email?.utf8.count ?? 0) + (phone?.utf8.count ?? 0)
      + metadata.textBytes
  }
}

extension Metadata {
  var textBytes: Int {
    pairs.isEmpty ? 0 : pairs.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count + 32 }
  }
}
