import BillModel

/// The parties that one row claims: a customer and an account at most, as nearly every row, or more.
struct ClaimedParties {
  /// The first of each kind, which have their places in the row.
  private(set) var carried = CarriedParties()
  /// Those that have none there.
  private(set) var others: [PartyKey] = []

  var isEmpty: Bool { carried.customer == nil && carried.account == nil && others.isEmpty }

  /// In no order.
  var all: [PartyKey] {
    var keys = others
    if let reference = carried.customer { keys.append(PartyKey(.customer, reference)) }
    if let reference = carried.account { keys.append(PartyKey(.account, reference)) }
    return keys
  }

  mutating func add(_ key: PartyKey) {
    switch key.kind {
    case .customer where carried.customer == nil: carried.customer = key.reference
    case .account where carried.account == nil: carried.account = key.reference
    case .customer, .account: others.append(key)
    }
  }

  mutating func remove(_ key: PartyKey) {
    switch key.kind {
    case .customer where carried.customer == key.reference: carried.customer = nil
    case .account where carried.account == key.reference: carried.account = nil
    case .customer, .account: others.removeAll { $0 == key }
    }
  }
}
