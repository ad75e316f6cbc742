import SeededRandoms
import ServerModel

// The worlds that are explored.
extension World {
  private static func row(_ reference: String, _ account: String?, _ customer: String, _ amount: Int64 = 100) -> Row {
    Row(reference: reference, amount: amount, account: account, customer: customer)
  }

  /// One bill each.
  static let single = [
    World(name: "a new account", files: [[row("B1", "A1", "C1")]]),
    World(name: "a new customer", files: [[row("B1", nil, "C1")]]),
    World(name: "a known customer", files: [[row("B1", nil, "C1")]], before: [.customer("C1")]),
    World(name: "a new account of a known customer", files: [[row("B1", "A1", "C1")]], before: [.customer("C1")]),
    World(name: "a known account", files: [[row("B1", "A1", "C1")]], before: [.account("A1", of: "C1")]),
    World(name: "another's account", files: [[row("B1", "A1", "C1")]], before: [.account("A1", of: "CX")]),
    World(name: "the bill is there", files: [[row("B1", "A1", "C1")]], before: [.bill(row("B1", "A1", "C1"))]),
    World(
      name: "a bill of another amount is there", files: [[row("B1", "A1", "C1")]],
      before: [.bill(row("B1", "A1", "C1", 99))]),
    World(
      name: "a bill of another account is there", files: [[row("B1", "A1", "C1")]],
      before: [.bill(row("B1", "A2", "C1"))]),
    World(name: "the bill is voided", files: [[row("B1", "A1", "C1")]], before: [.voided(row("B1", "A1", "C1"))]),
  ]

  /// Bills that share parties, and files that share bills.
  static let several = [
    World(name: "two bills of an account", files: [[row("B1", "A1", "C1"), row("B2", "A1", "C1", 200)]]),
    World(name: "two accounts of a customer", files: [[row("B1", "A1", "C1"), row("B2", "A2", "C1", 200)]]),
    World(name: "two bills of a customer", files: [[row("B1", nil, "C1"), row("B2", nil, "C1", 200)]]),
    World(
      name: "three bills, two accounts, a customer",
      files: [[row("B1", "A1", "C1"), row("B2", "A2", "C1", 200), row("B3", "A1", "C1", 300)]]),
    World(
      name: "a bill that is there carries the parties",
      files: [[row("B1", "A1", "C1"), row("B2", "A1", "C1", 200)]], before: [.bill(row("B1", "A1", "C1"))]),
    World(
      name: "a differing bill carries the parties",
      files: [[row("B1", "A1", "C1"), row("B2", "A1", "C1", 200)]], before: [.bill(row("B1", "A2", "C2", 99))]),
    World(
      name: "another's account carries a customer",
      files: [[row("B1", "A1", "C1"), row("B2", "A2", "C1", 200)]], before: [.account("A1", of: "CX")]),
    World(
      name: "a bill in two files",
      files: [[row("B1", "A1", "C1")], [row("B1", "A1", "C1"), row("B2", "A1", "C1", 200)]]),
    World(name: "a bill in two files, differing", files: [[row("B1", "A1", "C1")], [row("B1", "A1", "C1", 101)]]),
    World(name: "an account in two files", files: [[row("B1", "A1", "C1")], [row("B2", "A1", "C1", 200)]]),
    World(
      name: "an account in two files, under two customers",
      files: [[row("B1", "A1", "C1")], [row("B2", "A1", "C2", 200)]]),
  ]

  /// Bills that are there otherwise than their rows want them.
  static let corrections: [World] = {
    let (old, new) = (row("B1", "A1", "C1", 99), row("B1", "A1", "C1"))
    func world(_ name: String, _ rows: [Row], _ before: [Outside]) -> World {
      var world = World(name: name, files: [rows], before: before)
      world.asks = .corrections
      return world
    }
    return [
      world("a correction", [new], [.bill(old)]),
      world("a correction on a customer", [row("B1", nil, "C1")], [.bill(row("B1", nil, "C1", 99))]),
      world("corrected before", [new], [.voided(old), .bill(row("B1-R1", "A1", "C1", 98))]),
      world("as it is to be", [new], [.bill(new)]),
      world("paid", [new], [.bill(old), .paid("B1")]),
      world("raised already, and not voided", [new], [.bill(old), .bill(row("B1-R1", "A1", "C1"))]),
      world("the next name is another's", [new], [.bill(old), .bill(row("B1-R1", "A1", "C1", 7))]),
      world(
        "two corrections", [new, row("B2", "A1", "C1", 200)], [.bill(old), .bill(row("B2", "A1", "C1", 1))]),
    ]
  }()

  /// Each way of reading the documentation, one at a time.
  static let readings: [ServerReadings] = {
    let edits: [(inout ServerReadings) -> Void] = [
      { _ in }, { $0.nested = .adopt }, { $0.nested = .update }, { $0.nested = .refuse }, { $0.stores429 = true },
      { $0.stores401 = true }, { $0.looksAhead = false }, { $0.tellsDate = false }, { $0.showsCustomer = false },
      { $0.saysDetails = false }, { $0.reusedKey = .refuse }, { $0.reusedKey = .ignore },
    ]
    return edits.map { edit in
      var readings = ServerReadings()
      edit(&readings)
      return readings
    }
  }()

  var lookingFirst: World {
    var world = self
    world.looksFirst = true
    return world
  }

  func committing(_ commits: Commits) -> World {
    var world = self
    world.commits = commits
    return world
  }

  func with(_ readings: ServerReadings) -> World {
    var world = self
    world.readings = readings
    return world
  }

  /// A world of one to five rows over few parties, in one file or two, with some of it there before.
  static func random(using random: inout SeededRandom) -> World {
    func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &random) < share }
    let isOnAccounts = chance(0.75)
    let customers = Int.random(in: 1...2, using: &random)
    let accounts = Int.random(in: 1...3, using: &random)
    var rows: [Row] = (1...Int.random(in: 1...5, using: &random)).map { number in
      let account = Int.random(in: 1...accounts, using: &random)
      return row(
        "B\(number)", isOnAccounts ? "A\(account)" : nil, "C\(1 + (isOnAccounts ? account : number) % customers)",
        Int64(100 * number))
    }
    rows.shuffle(using: &random)
    var world = World(name: "random", files: [rows])
    if chance(0.3) {
      var again = rows.filter { _ in chance(0.5) }
      for index in again.indices where chance(0.3) { again[index].amount += 1 }
      again.append(row("D1", rows[0].account, rows[0].customer, 900))
      world.files.append(again)
    }
    for row in rows where chance(0.2) {
      var there = row
      if chance(0.3) { there.amount += 7 }
      world.before.append(chance(0.2) ? .voided(there) : .bill(there))
    }
    if chance(0.2) { world.before.append(.customer("C1")) }
    if isOnAccounts, chance(0.2) { world.before.append(.account("A1", of: chance(0.5) ? rows[0].customer : "CX")) }
    world.readings = readings(using: &random)
    // A draw that moves nothing: what follows of a seed stays.
    var aside = random
    world.looksFirst = aside.next().isMultiple(of: 3)
    return world
  }

  private static func readings(using random: inout SeededRandom) -> ServerReadings {
    func chance() -> Bool { Double.random(in: 0..<1, using: &random) < 0.3 }
    var readings = ServerReadings()
    if chance() { readings.nested = ServerReadings.Nested.allCases.randomElement(using: &random) ?? .conflict }
    if chance() { readings.reusedKey = ServerReadings.ReusedKey.allCases.randomElement(using: &random) ?? .conflict }
    (readings.stores429, readings.stores401, readings.looksAhead) = (chance(), chance(), !chance())
    (readings.saysDetails, readings.tellsDate, readings.showsCustomer) = (!chance(), !chance(), !chance())
    return readings
  }
}
