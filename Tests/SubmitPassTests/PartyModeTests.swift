import BillLedger
import BillModel
import BillPlanning
import BillSubmission
import SandboxServer
import SeededRandoms
import Testing
import Transport

@testable import SubmitPass

/// What it costs to come by the parties that nobody knows. 600 bills: three an account, two accounts a customer, so 200
/// accounts and 100 customers.
@Suite(.serialized, .timeLimit(.minutes(5))) struct PartyModeTests {
  private static func options(_ mode: PartyMode) -> SubmitOptions {
    SubmitOptions(policy: RetryPolicy(base: 5, longest: 100), parties: mode)
  }

  /// A sandbox that has the parties, and a ledger that doesn't know them.
  private static func scene(_ nested: String = "conflict") throws -> SubmitScene {
    let scene = try SubmitScene { try $0.readings.apply("nested=\(nested)") }
    _ = try scene.submit(BillFile.bills(600))
    scene.removeLedger()
    return scene
  }

  @Test(arguments: PartyMode.allCases, [nil, 5] as [UInt64?])
  func `an all-new file costs a request a bill, but where it is told to look first`(mode: PartyMode, seed: UInt64?)
    throws
  {
    let scene = try SubmitScene()
    let outcome = try scene.submit(BillFile.bills(600, seed: seed), options: Self.options(mode))
    #expect(outcome.count(.created) == 600)
    #expect(scene.objects == (600, 200, 100))
    // Looked up first: each account once, and each customer.
    #expect(scene.requests == (mode == .existing ? 600 + 200 + 100 : 600))
    #expect(outcome.summary.requests.sent == 600)
  }

  @Test(arguments: [nil, 5] as [UInt64?])
  func `where all parties exist, looking first costs each account and customer one GET`(seed: UInt64?) throws {
    let scene = try Self.scene()
    let before = scene.requests
    let outcome = try scene.submit(BillFile.bills(600, seed: seed, prefix: "D"), options: Self.options(.existing))
    #expect(outcome.count(.created) == 600)
    #expect(outcome.summary.requests == RequestCounts(sent: 600))
    #expect(scene.requests - before == 600 + 200 + 100)
    #expect(scene.objects == (1200, 200, 100))
  }

  @Test(arguments: [nil, 5] as [UInt64?])
  func `where all parties exist, auto comes close to that`(seed: UInt64?) throws {
    let scene = try Self.scene()
    let before = scene.requests
    let outcome = try scene.submit(BillFile.bills(600, seed: seed, prefix: "D"), options: Self.options(.auto))
    #expect(outcome.count(.created) == 600)
    #expect(scene.objects == (1200, 200, 100))
    let requests = scene.requests - before
    print("PartyModeTests: \(requests) requests in mode auto, 900 at least")
    #expect(requests <= 900 + 80)
  }

  @Test func `nested in spite of all, an account that exists costs two requests more`() throws {
    let scene = try Self.scene()
    let before = scene.requests
    let outcome = try scene.submit(BillFile.bills(600, prefix: "D"), options: Self.options(.new))
    #expect(outcome.count(.created) == 600)
    #expect(scene.requests - before > 900 + 2 * 200 - 10)
    #expect(scene.objects == (1200, 200, 100))
  }

  @Test(arguments: ["conflict", "adopt", "update", "422"], PartyMode.allCases)
  func `whatever a nested party that exists does, each bill is made once`(nested: String, mode: PartyMode) throws {
    let scene = try Self.scene(nested)
    let before = scene.requests
    let outcome = try scene.submit(BillFile.bills(900, seed: 3, prefix: "D"), options: Self.options(mode))
    #expect(outcome.count(.created) == 900)
    #expect(scene.objects == (1500, 300, 150))
    if ["adopt", "update"].contains(nested), mode != .existing { #expect(scene.requests - before == 900) }
  }

  @Test func `a party that is made elsewhere between the look and the bill is adopted`() throws {
    let scene = try SubmitScene()
    var made = false
    let options = Self.options(.existing)
    let attempt = try scene.prepare(
      BillFile.bills(3), options: options,
      watching: { _, _, requests in
        guard !made, requests.contains(where: { $0.method == "POST" }) else { return }
        made = true
        try? scene.makeParties(accounts: 1)
      })
    let summary = try attempt.run.run()
    #expect(made)
    #expect(summary.stop == .finished)
    #expect(try attempt.ledger.counts(of: attempt.fileRun).settled == [.created: 3])
    #expect(scene.objects == (4, 1, 1))
  }

  @Test(arguments: [21, 22] as [UInt64])
  func `with every fault on and dying at random moments, looking first loses and doubles nothing`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let scene = try Self.scene()
    try scene.set(
      faults: "drop-before=0.02,drop-after=0.02,500-after=0.02,503=0.02,429=0.02,half=0.02,garbage=0.02")
    let csv = BillFile.bills(900, seed: seed, prefix: "D")
    let options = SubmitOptions(policy: RetryPolicy(base: 5, longest: 100, tries: 12), parties: .existing)
    for _ in 0..<8 {
      let attempt = try scene.prepare(csv, options: options)
      for _ in 0..<Int.random(in: 1...12, using: &random) where try attempt.run.turn() {}
    }
    let outcome = try scene.submit(csv, options: options)
    #expect(outcome.count(.created) == 900, "seed \(seed): \(outcome.fileRun.rows)")
    #expect(outcome.fileRun.isFinished)
    #expect(scene.objects == (1500, 300, 150))
  }
}

extension SubmitScene {
  /// Somebody else's file makes accounts A0, A1, … and their customers: by another ledger.
  fileprivate func makeParties(accounts: Int) throws {
    let other = try SubmitScene(sharing: self)
    _ = try other.submit(BillFile.bills(accounts, each: 1, prefix: "X"), name: "other.csv")
  }
}
