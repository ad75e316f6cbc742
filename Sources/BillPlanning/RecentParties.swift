import BillModel

/// Parties that were learned or looked up lately, in bounded space: two generations, the older of which is forgotten
/// when the younger is full. What it forgets is in the ledger.
struct RecentParties {
  private var young: [PartyKey: KnownParty] = [:]
  private var old: [PartyKey: KnownParty] = [:]
  private let capacity: Int

  /// At most twice `capacity` parties are kept.
  init(capacity: Int) { self.capacity = capacity }

  subscript(key: PartyKey) -> KnownParty? { young[key] ?? (old.isEmpty ? nil : old[key]) }

  mutating func insert(_ party: KnownParty) {
    if young.count >= capacity {
      swap(&old, &young)
      young.removeAll(keepingCapacity: true)
    }
    young[party.key] = party
  }
}
