import BillLedger
import BillModel
import BillPlanning
import BillSubmission
import SchemaRules
import Synchronization
import Testing
import Transport

@testable import SandboxServer
@testable import SubmitPass

/// Files of balances against a sandbox: 60 customers, or 60 accounts of 30 customers.
@Suite(.serialized, .timeLimit(.minutes(5))) struct BalanceRunTests {
  private static let customers = "customer.external_reference,customer.currency,customer.balance"
  private static let accounts =
    "account.external_reference,account.currency,account.balance,account.customer.external_reference"

  private static func customers(_ balance: (Int) -> Int) -> String {
    BillFile.rows(customers, (0..<60).map { "C\($0),ZAR,\(balance($0))" })
  }

  private static func accounts(_ balance: (Int) -> Int) -> String {
    BillFile.rows(accounts, (0..<60).map { "A\($0),ZAR,\(balance($0)),C\($0 / 2)" })
  }

  private static func options(_ mode: PartyMode = .auto) -> SubmitOptions {
    SubmitOptions(policy: RetryPolicy(base: 5, longest: 100, tries: 14), parties: mode)
  }

  private static func order(_ kind: OperationKind = .customerBalance, _ position: Int64) -> FileOrder {
    FileOrder(kind, position: position)
  }

  @Test(arguments: [PartyMode.auto, .new])
  func `customers that aren't there are made with their balance, the next night they are changed`(
    _ mode: PartyMode
  ) throws {
    let scene = try SubmitScene()
    let first = try scene.submit(
      Self.customers { 100 - $0 }, options: Self.options(mode), order: Self.order(.customerBalance, 1))
    #expect(first.count(.created) == 60)
    #expect(first.summary.requests.sent == (mode == .new ? 60 : 120))
    #expect(scene.balances(.customer) == (0..<60).reduce(into: [:]) { $0["C\($1)"] = 100 - $1 })
    let second = try scene.submit(
      Self.customers { $0 * 7 }, options: Self.options(mode), order: Self.order(.customerBalance, 2))
    #expect(second.count(.updated) == 60)
    #expect(second.summary.requests.sent == 60)
    #expect(scene.balances(.customer) == (0..<60).reduce(into: [:]) { $0["C\($1)"] = $1 * 7 })
    #expect(second.fileRun.isFinished)
  }

  @Test(arguments: [PartyMode.auto, .new])
  func `accounts that aren't there are made, each customer once`(_ mode: PartyMode) throws {
    let scene = try SubmitScene()
    let outcome = try scene.submit(
      Self.accounts { -$0 }, options: Self.options(mode), order: Self.order(.accountBalance, 1))
    #expect(outcome.count(.created) == 60)
    #expect(scene.objects == (0, 60, 30))
    #expect(scene.balances(.account) == (0..<60).reduce(into: [:]) { $0["A\($1)"] = -$1 })
  }

  @Test func `a balance is sent whether or not it changed`() throws {
    let scene = try SubmitScene()
    _ = try scene.submit(Self.customers { $0 }, order: Self.order(.customerBalance, 1))
    // A payment has moved one meanwhile.
    scene.setBalance(ofCustomer: "C3", to: 900)
    let heading = "customer.external_reference,customer.balance,customer.currency"
    let rows = BillFile.rows(heading, (0..<60).map { "C\($0),\($0),ZAR" })
    let again = try scene.submit(rows, order: Self.order(.customerBalance, 2))
    #expect(again.count(.updated) == 60)
    #expect(scene.balances(.customer)["C3"] == 3)
  }

  @Test func `an account whose row names nobody must exist`() throws {
    let scene = try SubmitScene()
    let heading = "account.external_reference,account.currency,account.balance"
    let outcome = try scene.submit(
      BillFile.rows(heading, ["A1,ZAR,5"]), options: Self.options(), order: Self.order(.accountBalance, 1))
    #expect(outcome.settlement(1)?.outcome == .refused)
    #expect(scene.objects.accounts == 0)
  }

  @Test func `a late older file leaves what a newer one has set, and sets the rest`() throws {
    let scene = try SubmitScene()
    let newer = BillFile.rows(Self.customers, ["C1,ZAR,11", "C2,ZAR,12"])
    let older = BillFile.rows(Self.customers, ["C1,ZAR,1", "C3,ZAR,3"])
    _ = try scene.submit(newer, order: Self.order(.customerBalance, 20_260_202))
    let late = try scene.submit(older, order: Self.order(.customerBalance, 20_260_201))
    #expect(late.settlement(1)?.outcome == .conflict)
    #expect(late.settlement(1)?.code == .balanceNewerFile)
    #expect(late.settlement(2)?.outcome == .created)
    #expect(scene.balances(.customer) == ["C1": 11, "C2": 12, "C3": 3])
    #expect(late.fileRun.isFinished)
  }

  @Test func `rule 18: a late older file's credits come beside a newer file's, and not behind a balance it has set`()
    throws
  {
    let scene = try SubmitScene()
    scene.negativeBills = .balance
    let heading = "external_reference,currency,amount_due,bill_date,customer.external_reference"
    func credit(_ reference: String, _ amount: Int, _ day: Int64) throws -> SubmitScene.Outcome {
      let file = BillFile.rows(heading, ["\(reference),ZAR,\(amount),2026-01-02,C1"])
      return try scene.submit(file, options: Self.options(), order: Self.order(.bill, day))
    }
    #expect(try credit("K2", -500, 20_260_102).count(.created) == 1)
    #expect(try credit("K1", -700, 20_260_101).count(.updated) == 1)
    #expect(scene.balances(.customer) == ["C1": -1200])
    let set = BillFile.rows(Self.customers, ["C1,ZAR,40"])
    #expect(try scene.submit(set, order: Self.order(.customerBalance, 20_260_101)).count(.conflict) == 1)
    #expect(try scene.submit(set + "\n", order: Self.order(.customerBalance, 20_260_103)).count(.updated) == 1)
    let late = try credit("K0", -1, 20_260_102)
    #expect(late.settlement(1)?.code == .balanceNewerFile)
    #expect(late.settlement(1)?.message?.contains("the amount isn't added") == true)
    #expect(try credit("K0", -2, 20_260_104).count(.updated) == 1)
    #expect(scene.balances(.customer) == ["C1": 38])
  }

  @Test func `what was lost is repeated and read again, and the file ends with every balance set`() throws {
    let scene = try SubmitScene {
      try $0.faults.apply("drop-before=0.1,drop-after=0.2,500-after=0.1,503=0.05,429=0.05,garbage=0.05")
      $0.seed = 7
    }
    for (night, sign) in [(1, 1), (2, -1)] as [(Int64, Int)] {
      var outcome = try scene.submit(
        Self.accounts { $0 * sign }, options: Self.options(), order: Self.order(.accountBalance, night))
      for _ in 0..<10 where !outcome.fileRun.isFinished {
        outcome = try scene.submit(
          Self.accounts { $0 * sign }, options: Self.options(), order: Self.order(.accountBalance, night))
      }
      #expect(outcome.count(.created) + outcome.count(.updated) == 60)
      #expect(scene.balances(.account) == (0..<60).reduce(into: [:]) { $0["A\($1)"] = $1 * sign })
    }
    #expect(scene.objects == (0, 60, 30))
  }

  @Test func `a payment that comes between a lost change and the file's end is told, not overwritten`() throws {
    let scene = try SubmitScene()
    _ = try scene.submit(Self.customers { $0 }, order: Self.order(.customerBalance, 1))
    try scene.set(faults: "drop-after=0.5")
    let isMoved = Mutex(false)
    let attempt = try scene.prepare(
      Self.customers { $0 + 1 }, options: Self.options(), order: Self.order(.customerBalance, 2),
      watching: { _, _, requests in
        // The rows are read again only when all others are through.
        let looks = requests.filter { $0.method == "GET" }
        guard let first = looks.first, !isMoved.withLock({ $0 }) else { return }
        isMoved.withLock { $0 = true }
        scene.setBalance(ofCustomer: String(first.path.split(separator: "/").last ?? ""), to: -5)
      })
    _ = try attempt.run.run()
    let fileRun = try #require(try attempt.ledger.fileRun(attempt.fileRun))
    #expect(isMoved.withLock { $0 })
    #expect(fileRun.rows.settled[.conflict] == 1)
    #expect(fileRun.rows.settled[.updated] == 59)
    #expect(scene.balances(.customer).values.filter { $0 == -5 }.count == 1)
  }

  /// Death by letting go of a run between two turns: what it has committed stands, what it has sent may land.
  @Test func `killed at any turn, it goes on and every balance is set`() throws {
    let scene = try SubmitScene {
      try $0.faults.apply("drop-after=0.1,503=0.05")
      $0.seed = 3
    }
    for turns in 1...25 {
      let night = Int64(turns)
      for _ in 0..<2 {
        let attempt = try scene.prepare(
          Self.accounts { $0 + turns }, options: Self.options(), order: Self.order(.accountBalance, night))
        for _ in 0..<turns where try attempt.run.turn() {}
      }
      var outcome = try scene.submit(
        Self.accounts { $0 + turns }, options: Self.options(), order: Self.order(.accountBalance, night))
      for _ in 0..<10 where !outcome.fileRun.isFinished {
        outcome = try scene.submit(
          Self.accounts { $0 + turns }, options: Self.options(), order: Self.order(.accountBalance, night))
      }
      #expect(outcome.fileRun.isFinished)
      #expect(outcome.count(.created) + outcome.count(.updated) == 60, "turn \(turns)")
      #expect(scene.balances(.account) == (0..<60).reduce(into: [:]) { $0["A\($1)"] = $1 + turns })
    }
    #expect(scene.objects == (0, 60, 30))
  }

  @Test func `attributes of customers are set, what is left empty stays, and metadata is merged`() throws {
    let scene = try SubmitScene()
    let heading = "customer.external_reference,customer.name,customer.email,customer.metadata.area"
    _ = try scene.submit(BillFile.rows(heading, ["C1,Old,a@example.com,N"]), order: Self.order(.customer, 1))
    let second = try scene.submit(
      BillFile.rows("customer.external_reference,customer.name,customer.metadata.ward", ["C1,New,7"]),
      order: Self.order(.customer, 2))
    #expect(second.count(.updated) == 1)
    let shown = scene.customer("C1")
    #expect(shown?["name"]?.string == "New")
    #expect(shown?["email"]?.string == "a@example.com")
    #expect(shown?["metadata"]?.object?["area"]?.string == "N")
    #expect(shown?["metadata"]?.object?["ward"]?.string == "7")
  }
}

extension SubmitScene {
  fileprivate enum Kind { case customer, account }

  /// The balances in the sandbox, by reference.
  fileprivate func balances(_ kind: Kind) -> [String: Int] {
    sandbox.state.withLock { state in
      let objects = state.calls.objects
      let bodies =
        kind == .customer
        ? objects.customers.indices.map { objects.customerBody(UInt32($0), paymentRules: false) }
        : objects.accounts.indices.map { objects.accountBody(UInt32($0), paymentRules: false) }
      var balances: [String: Int] = [:]
      for body in bodies {
        guard let object = (try? JSONValue(parsing: body))?.object,
          let reference = object["external_reference"]?.string
        else { continue }
        balances[reference] = object["balance"]?.integer.map { Int($0) }
      }
      return balances
    }
  }

  fileprivate func setBalance(ofCustomer reference: String, to balance: Int64) {
    sandbox.state.withLock { state in
      guard let serial = state.calls.objects.find(.customer, named: reference) else { return }
      state.calls.objects.customers[Int(serial)].balance = balance
    }
  }

  fileprivate func customer(_ reference: String) -> JSONObject? {
    sandbox.state.withLock { state in
      guard let serial = state.calls.objects.find(.customer, named: reference) else { return nil }
      return (try? JSONValue(parsing: state.calls.objects.customerBody(serial, paymentRules: false)))?.object
    }
  }
}
