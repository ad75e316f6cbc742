package import BillModel

/// Says which row may be sent now, in which form, and which one waits for a party that another row is creating.
///
/// One bill, one request: the first row that needs a party nobody knows *carries* it (nests it in its body); rows that
/// need the same party wait for that answer and then name it by id. Rows with nothing to wait for go at once. A carrier
/// that definitely failed hands its duty to the earliest row that waits for the same party; one whose fate is unknown
/// blocks those that wait for it, and they are not kept: the ledger's claim holds them back in this run, and a later
/// run meets them again.
///
/// Customer and account of one row may have different carriers: a row for the second new account of a new customer
/// waits for the customer, and then carries its account under the customer's id. A row waits for one party at a time,
/// its account before its customer, and is planned afresh when that one is decided. So no two rows ever wait for each
/// other: who waits carries nothing.
///
/// Pure: what the ledger knows is asked of a closure, which must answer as if all that was decided is committed.
package struct Planner {
  private struct Claim {
    var carrier: Int
    var waiters = WaitingQueue()
  }

  /// What a row carries: the parties that it took up, and how many of them are still claimed for it.
  private struct Load {
    var keys: [PartyKey]
    var left: Int
  }

  private var claims: [PartyKey: Claim] = [:]
  private var loads: [Int: Load] = [:]
  private var recent: RecentParties
  private let bounds: WaitingBounds

  /// Rows that wait, and what they weigh in bytes.
  package private(set) var waitingRows = 0
  package private(set) var waitingBytes = 0

  /// A planner that keeps at most twice `recentParties` known parties at hand.
  package init(bounds: WaitingBounds = WaitingBounds(), recentParties: Int = 16_384) {
    self.bounds = bounds
    recent = RecentParties(capacity: recentParties)
  }

  /// Whether the space for waiting rows is full: no further row should be read until some were released. What waits
  /// always waits for a request under way, so that it can't stay full.
  package var isFull: Bool { waitingRows >= bounds.rows || waitingBytes >= bounds.bytes }

  /// Whether a row of these records waits.
  package func holdsRow(in records: ClosedRange<Int>) -> Bool {
    waitingRows > 0 && claims.values.contains { $0.waiters.remaining.contains { records.contains($0.record) } }
  }

  /// Decides on the next row of the file. `knowing` says what is durably known of a party that no request of this
  /// planner is creating; what it throws is thrown on.
  package mutating func plan<Fault>(
    _ row: PlannableRow, knowing: (PartyKey) throws(Fault) -> PartyKnowledge
  ) throws(Fault) -> PlanDecision {
    switch row.operation {
    case .raise(let bill): return try plan(row, bill, knowing)
    case .raisePaid(let paid): return try plan(row, paid.bill, knowing)
    // Its party is there, since the bill is: nothing is carried, and nothing waited for.
    case .skip, .correct: return go(row, .change)
    case .set(let values): return try plan(row, setting: values, knowing)
    case .credit(let credit): return try plan(row, setting: credit.party, knowing)
    case .pay, .void: return go(row, .change)
    }
  }

  private mutating func plan<Fault>(
    _ row: PlannableRow, _ bill: Bill, _ knowing: (PartyKey) throws(Fault) -> PartyKnowledge
  ) throws(Fault) -> PlanDecision {
    switch bill.party {
    case .customerID(let id): return go(row, .customer(id: id))
    case .accountID(let id): return go(row, .account(id: id))
    case .customer(let customer):
      return try plan(row, onCustomer: PartyKey(.customer, customer.reference), knowing)
    case .account(let account): return try plan(row, on: account, knowing)
    }
  }

  /// Notes the parties that a request from an earlier run may be creating: rows that need them wait for it.
  package mutating func carry(_ record: Int, _ keys: [PartyKey]) { take(keys, for: record) }

  /// Takes in parties that exist now, and decides afresh on the rows that waited for them, in file order. Rows that
  /// go on waiting are not among the decisions.
  package mutating func learn<Fault>(
    _ parties: [KnownParty], knowing: (PartyKey) throws(Fault) -> PartyKnowledge
  ) throws(Fault) -> [PlanDecision] {
    var released: [PlannableRow] = []
    for party in parties {
      recent.insert(party)
      guard let claim = remove(party.key) else { continue }
      released.append(contentsOf: claim.waiters.remaining)
    }
    released.sort { $0.record < $1.record }
    var decisions: [PlanDecision] = []
    for row in released {
      forget(row)
      note(try plan(row, knowing: knowing), in: &decisions)
    }
    return decisions
  }

  /// A carrier is done: whatever it carried and is not learned yet, it did not create. Its duty goes to the earliest
  /// row that waits for the same party. Rows that go on waiting are not among the decisions.
  package mutating func carrierEnded<Fault>(
    _ record: Int, knowing: (PartyKey) throws(Fault) -> PartyKnowledge
  ) throws(Fault) -> [PlanDecision] {
    var orphans: [PartyKey: WaitingQueue] = [:]
    for key in carried(by: record) {
      if let claim = remove(key) { orphans[key] = claim.waiters }
    }
    var decisions: [PlanDecision] = []
    while let key = Self.earliest(in: orphans), let row = orphans[key]?.popFirst() {
      forget(row)
      note(try plan(row, knowing: knowing), in: &decisions)
      adopt(&orphans)
    }
    return decisions
  }

  /// A carrier's fate stays unknown: the rows that wait for it are blocked, and no longer kept. In file order.
  package mutating func carrierUnknown(_ record: Int) -> [PlanDecision] {
    var blocked: [(PlannableRow, PartyKey)] = []
    for key in carried(by: record) {
      guard let claim = remove(key) else { continue }
      for row in claim.waiters.remaining {
        forget(row)
        blocked.append((row, key))
      }
    }
    return blocked.sorted { $0.0.record < $1.0.record }.map { .blocked($0.0, by: $0.1) }
  }

  private mutating func plan<Fault>(
    _ row: PlannableRow, onCustomer key: PartyKey, _ knowing: (PartyKey) throws(Fault) -> PartyKnowledge
  ) throws(Fault) -> PlanDecision {
    if claims[key] != nil { return wait(row, for: key) }
    switch try knowledge(of: key, knowing) {
    case .known(let party): return go(row, .customer(id: party.id))
    case .claimed: return .blocked(row, by: key)
    case .new: return go(row, .nested, carrying: [key])
    }
  }

  /// A party that is there, or may be, is changed without a carrier; one that isn't is made, and so carried.
  private mutating func plan<Fault>(
    _ row: PlannableRow, setting values: PartyValues, _ knowing: (PartyKey) throws(Fault) -> PartyKnowledge
  ) throws(Fault) -> PlanDecision {
    let key = values.key
    if claims[key] != nil { return wait(row, for: key) }
    switch try knowledge(of: key, knowing) {
    case .claimed: return .blocked(row, by: key)
    case .known where row.isAbsent, .new where row.isAbsent:
      guard let owner = values.owner else { return go(row, .nested, carrying: [key]) }
      return try plan(row, onNew: key, of: PartyKey(.customer, owner.reference), knowing)
    case .known(let party):
      if let theirs = party.customerReference, let ours = values.owner?.reference, theirs != ours {
        return .wrongCustomer(row, account: party)
      }
      return go(row, .change)
    case .new: return go(row, .change)
    }
  }

  private mutating func plan<Fault>(
    _ row: PlannableRow, on account: Account, _ knowing: (PartyKey) throws(Fault) -> PartyKnowledge
  ) throws(Fault) -> PlanDecision {
    let key = PartyKey(.account, account.reference)
    if claims[key] != nil { return wait(row, for: key) }
    switch try knowledge(of: key, knowing) {
    case .known(let party):
      let owner = party.customerReference ?? account.customer.reference
      guard owner == account.customer.reference else { return .wrongCustomer(row, account: party) }
      return go(row, .account(id: party.id))
    case .claimed: return .blocked(row, by: key)
    case .new: return try plan(row, onNew: key, of: PartyKey(.customer, account.customer.reference), knowing)
    }
  }

  private mutating func plan<Fault>(
    _ row: PlannableRow, onNew account: PartyKey, of customer: PartyKey,
    _ knowing: (PartyKey) throws(Fault) -> PartyKnowledge
  ) throws(Fault) -> PlanDecision {
    if claims[customer] != nil { return wait(row, for: customer) }
    switch try knowledge(of: customer, knowing) {
    case .known(let party): return go(row, .accountUnder(customerID: party.id), carrying: [account])
    case .claimed: return .blocked(row, by: customer)
    case .new: return go(row, .nested, carrying: [customer, account])
    }
  }

  private mutating func knowledge<Fault>(
    of key: PartyKey, _ knowing: (PartyKey) throws(Fault) -> PartyKnowledge
  ) throws(Fault) -> PartyKnowledge {
    if let party = recent[key] { return .known(party) }
    let answer = try knowing(key)
    if case .known(let party) = answer { recent.insert(party) }
    return answer
  }

  private mutating func go(_ row: PlannableRow, _ form: BodyForm, carrying keys: [PartyKey] = []) -> PlanDecision {
    take(keys, for: row.record)
    return .go(Departure(row: row, form: form, carries: keys))
  }

  private mutating func take(_ keys: [PartyKey], for record: Int) {
    for key in keys { claims[key] = Claim(carrier: record) }
    if !keys.isEmpty { loads[record] = Load(keys: keys, left: keys.count) }
  }

  /// The parties that are claimed for a row.
  private func carried(by record: Int) -> [PartyKey] {
    loads[record]?.keys.filter { claims[$0]?.carrier == record } ?? []
  }

  private mutating func wait(_ row: PlannableRow, for key: PartyKey) -> PlanDecision {
    claims[key]?.waiters.insert(row)
    waitingRows += 1
    waitingBytes += row.byteCount
    return .wait(for: key)
  }

  private mutating func forget(_ row: PlannableRow) {
    waitingRows -= 1
    waitingBytes -= row.byteCount
  }

  /// Takes a claim out, off its carrier too.
  private mutating func remove(_ key: PartyKey) -> Claim? {
    guard let claim = claims.removeValue(forKey: key) else { return nil }
    guard let place = loads.index(forKey: claim.carrier) else { return claim }
    loads.values[place].left -= 1
    if loads.values[place].left == 0 { loads.remove(at: place) }
    return claim
  }

  /// Gives the rest of each orphaned queue to the carrier that its party has found.
  private mutating func adopt(_ orphans: inout [PartyKey: WaitingQueue]) {
    for (key, queue) in orphans where claims[key] != nil {
      for row in queue.remaining { claims[key]?.waiters.insert(row) }
      orphans[key] = nil
    }
  }

  private func note(_ decision: PlanDecision, in decisions: inout [PlanDecision]) {
    if case .wait = decision { return }
    decisions.append(decision)
  }

  private static func earliest(in orphans: [PartyKey: WaitingQueue]) -> PartyKey? {
    let heads = orphans.compactMap { key, queue in queue.first.map { (key, $0.record) } }
    return heads.min { $0.1 < $1.1 }?.0
  }
}
