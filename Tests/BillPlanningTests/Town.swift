import BillModel

@testable import BillPlanning

/// A planner with the ledger that it asks, and words to write its tests in.
struct Town {
  /// A decision, in the words of the tests.
  enum Verdict: Equatable {
    case go(BodyForm, [PartyKey])
    case wait(PartyKey)
    case blocked(PartyKey)
    case wrongCustomer
  }

  /// What became of a row that had waited.
  enum Release: Equatable {
    case go(Int, BodyForm, [PartyKey] = [])
    case blocked(Int, PartyKey)
    case kept
    case wrongCustomer(Int)
  }

  var planner: Planner
  var ledger: [PartyKey: PartyKnowledge] = [:]

  init(bounds: WaitingBounds = WaitingBounds()) { planner = Planner(bounds: bounds, recentParties: 4) }

  mutating func plan(_ record: Int, customer: String) -> Verdict {
    plan(record, party: .customer(Customer(reference: customer)))
  }

  mutating func plan(_ record: Int, account: String, customer: String) -> Verdict {
    plan(record, party: .account(Account(reference: account, customer: Customer(reference: customer))))
  }

  mutating func plan(_ record: Int, party: BillParty) -> Verdict {
    let ledger = ledger
    switch planner.plan(Self.row(record, party), knowing: { ledger[$0] ?? .new }) {
    case .go(let departure): return .go(departure.form, departure.carries)
    case .wait(let key): return .wait(key)
    case .blocked(_, let key): return .blocked(key)
    case .wrongCustomer: return .wrongCustomer
    }
  }

  mutating func set(_ record: Int, _ values: PartyValues, isAbsent: Bool = false) -> Verdict {
    let ledger = ledger
    var row = PlannableRow(record: record, operation: .set(values), byteCount: 100)
    row.isAbsent = isAbsent
    switch planner.plan(row, knowing: { ledger[$0] ?? .new }) {
    case .go(let departure): return .go(departure.form, departure.carries)
    case .wait(let key): return .wait(key)
    case .blocked(_, let key): return .blocked(key)
    case .wrongCustomer: return .wrongCustomer
    }
  }

  mutating func learn(_ parties: [KnownParty]) -> [Release] {
    let ledger = ledger
    return planner.learn(parties, knowing: { ledger[$0] ?? .new }).map(Release.init)
  }

  mutating func end(_ record: Int) -> [Release] {
    let ledger = ledger
    return planner.carrierEnded(record, knowing: { ledger[$0] ?? .new }).map(Release.init)
  }

  static func row(_ record: Int, _ party: BillParty) -> PlannableRow {
    let bill = Bill(reference: "B\(record)", currency: CurrencyCode("ZAR")!, amountDue: 100, party: party)
    return PlannableRow(record: record, operation: .raise(bill), byteCount: 100)
  }
}

extension Town.Release {
  init(_ decision: PlanDecision) {
    switch decision {
    case .go(let departure): self = .go(departure.row.record, departure.form, departure.carries)
    case .wait: self = .kept
    case .blocked(let row, let key): self = .blocked(row.record, key)
    case .wrongCustomer(let row, _): self = .wrongCustomer(row.record)
    }
  }
}

extension PartyKey {
  static func customer(_ reference: String) -> Self { Self(.customer, reference) }
  static func account(_ reference: String) -> Self { Self(.account, reference) }
}

extension KnownParty {
  static func customer(_ reference: String) -> Self { Self(key: .customer(reference), id: "bcus_\(reference)") }
  static func account(_ reference: String, under customer: String) -> Self {
    Self(key: .account(reference), id: "bacc_\(reference)", customerReference: customer)
  }
}
