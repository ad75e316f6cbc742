import BillModel
import Testing

@testable import BillPlanning

/// Random files, random orders of answers, random failures: whatever comes, each row is let go once and no party has two
/// carriers at a time.
@Suite struct PlannerOrderTests {
  @Test(arguments: 1...60) func `rule 15: every row is decided once, and no party has two carriers at a time`(seed: Int)
  {
    var random = Generator(state: UInt64(seed))
    var town = Harbour()
    var next = 1
    while next <= 200 || !town.underWay.isEmpty {
      if next <= 200, town.underWay.count < 8, !town.planner.isFull, Bool.random(using: &random) {
        let account = Int.random(in: 0..<12, using: &random)
        let party: BillParty =
          Bool.random(using: &random)
          ? .customer(Customer(reference: "C\(account / 3)"))
          : .account(Account(reference: "A\(account)", customer: Customer(reference: "C\(account / 3)")))
        town.plan(next, party)
        next += 1
      } else if let record = town.underWay.keys.sorted().randomElement(using: &random) {
        town.end(record, Harbour.Fate.allCases.randomElement(using: &random)!)
      }
    }
    #expect(town.violations == [], "seed \(seed)")
    #expect(town.planner.waitingRows == 0, "seed \(seed)")
    #expect(town.planner.waitingBytes == 0, "seed \(seed)")
    #expect(Set(town.gone).union(town.blocked) == Set(1...200), "seed \(seed)")
    #expect(town.gone.count + town.blocked.count == 200, "seed \(seed)")
  }

  @Test(arguments: 1...20) func `without failures each row goes once and each party is created once`(seed: Int) {
    var random = Generator(state: UInt64(seed))
    var town = Harbour()
    for record in 1...300 {
      let account = Int.random(in: 0..<40, using: &random)
      town.plan(
        record, .account(Account(reference: "A\(account)", customer: Customer(reference: "C\(account / 4)"))))
    }
    while let record = town.underWay.keys.sorted().randomElement(using: &random) { town.end(record, .created) }
    #expect(town.violations == [])
    #expect(town.gone.sorted() == Array(1...300))
    #expect(town.carriedEver.count == Set(town.carriedEver).count)
  }
}

/// A planner, its ledger and the requests under way.
private struct Harbour {
  enum Fate: CaseIterable {
    case created, refused, unknown
  }

  var planner = Planner(bounds: WaitingBounds(rows: 40, bytes: 1 << 20), recentParties: 2)
  var ledger: [PartyKey: PartyKnowledge] = [:]
  var underWay: [Int: Departure] = [:]
  var gone: [Int] = []
  var blocked: [Int] = []
  var carriedEver: [PartyKey] = []
  var violations: [String] = []

  mutating func plan(_ record: Int, _ party: BillParty) {
    let ledger = ledger
    take([planner.plan(Town.row(record, party), knowing: { ledger[$0] ?? .new })])
  }

  mutating func end(_ record: Int, _ fate: Fate) {
    guard let departure = underWay.removeValue(forKey: record) else { return }
    switch fate {
    case .created:
      let learned = departure.carries.map { KnownParty(key: $0, id: "id_\($0.reference)") }
      for party in learned { ledger[party.key] = .known(party) }
      take(planner.learn(learned, knowing: { [ledger] in ledger[$0] ?? .new }))
      take(planner.carrierEnded(record, knowing: { [ledger] in ledger[$0] ?? .new }))
    case .refused:
      for key in departure.carries { ledger[key] = nil }
      take(planner.carrierEnded(record, knowing: { [ledger] in ledger[$0] ?? .new }))
    case .unknown: take(planner.carrierUnknown(record))
    }
  }

  private mutating func take(_ decisions: [PlanDecision]) {
    for decision in decisions {
      switch decision {
      case .go(let departure): start(departure)
      case .wait: break
      case .blocked(let row, let key):
        if ledger[key] != .claimed { violations.append("\(row.record) blocked by \(key)") }
        blocked.append(row.record)
      case .wrongCustomer(let row, _): violations.append("\(row.record) has another customer")
      }
    }
  }

  private mutating func start(_ departure: Departure) {
    for key in departure.carries {
      if ledger[key] != nil { violations.append("\(departure.row.record) carries \(key), which is taken") }
      ledger[key] = .claimed
      carriedEver.append(key)
    }
    gone.append(departure.row.record)
    underWay[departure.row.record] = departure
  }
}

/// A random generator whose seed is a test's argument.
private struct Generator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}
