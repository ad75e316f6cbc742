package import BillModel

/// What the ledger knows of whatever events and reports name.
package struct KnownWorld: Sendable {
  /// A customer or account that is known by its id.
  package struct Party: Hashable, Sendable {
    package var key: PartyKey
    package var id: String
    /// The row that changed it last, as a file of balances does; `nil` where none did.
    package var row: RaisingRow?

    package init(key: PartyKey, id: String, row: RaisingRow?) {
      self.key = key
      self.id = id
      self.row = row
    }
  }

  package private(set) var bills: [KnownBill] = []
  package private(set) var parties: [Party] = []
  private var billsByID: [String: Int] = [:]
  private var billsByReference: [String: Int] = [:]
  private var billsByParty: [RowParty: [Int]] = [:]
  private var partiesByID: [String: Int] = [:]
  private var partiesByReference: [PartyKey: Int] = [:]

  package init() {}

  package mutating func add(_ bill: KnownBill) {
    let index = bills.count
    bills.append(bill)
    if let id = bill.id { billsByID[id] = index }
    billsByReference[bill.reference] = index
    if let party = bill.party { billsByParty[party, default: []].append(index) }
  }

  package mutating func add(_ party: Party) {
    partiesByID[party.id] = parties.count
    partiesByReference[party.key] = parties.count
    parties.append(party)
  }

  /// Changes the bill of a reference, where it is known.
  package mutating func change(bill reference: String, _ work: (inout KnownBill) -> Void) {
    if let index = billsByReference[reference] { work(&bills[index]) }
  }

  package func bill(id: String) -> Int? { billsByID[id] }
  package func bill(reference: String) -> Int? { billsByReference[reference] }
  package func party(id: String) -> Party? { partiesByID[id].map { parties[$0] } }
  package func party(_ key: PartyKey) -> Party? { partiesByReference[key].map { parties[$0] } }

  /// The bills that were raised on a party, by its id or its reference, in the order of their rows.
  package func bills(on kind: PartyKind, id: String) -> [Int] {
    var found = billsByParty[RowParty(kind: kind, name: id, isID: true)] ?? []
    if let key = party(id: id)?.key, key.kind == kind {
      found += billsByParty[RowParty(kind: kind, name: key.reference, isID: false)] ?? []
    }
    return found.sorted()
  }
}
