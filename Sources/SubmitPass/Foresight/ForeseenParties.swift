import BillModel

/// Parties that a plan has met beyond those of the ledger, by a hash of their names: there may be millions.
struct ForeseenParties {
  /// The API's ids of those that are there.
  private var found: [Int: String] = [:]
  /// Those that a row of the plan would create.
  private var made: Set<Int> = []

  subscript(key: PartyKey) -> KnownParty? {
    let hash = key.hashValue
    if let id = found[hash] { return KnownParty(key: key, id: id) }
    return made.contains(hash) ? KnownParty(key: key, id: Self.standIn(for: key, hash)) : nil
  }

  /// Whether a row of the plan would create it.
  func isMade(_ key: PartyKey) -> Bool { made.contains(key.hashValue) }

  mutating func insert(_ party: KnownParty) { found[party.key.hashValue] = party.id }

  /// Takes in a party that would be created; what stands for it from then on.
  mutating func make(_ key: PartyKey) -> KnownParty {
    made.insert(key.hashValue)
    return KnownParty(key: key, id: Self.standIn(for: key, key.hashValue))
  }

  /// An id that no object has: it is compared with others, and never sent.
  private static func standIn(for key: PartyKey, _ hash: Int) -> String {
    "planned \(key.kind.rawValue) \(hash)"
  }
}
