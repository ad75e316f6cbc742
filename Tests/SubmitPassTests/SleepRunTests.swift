import BillLedger
import BillModel
import BillSubmission
import Synchronization
import Testing
import Threads
import Transport

@testable import SandboxServer
@testable import SubmitPass

/// A machine that sleeps between a decision and the first byte of its request.
@Suite(.serialized, .timeLimit(.minutes(5))) struct SleepRunTests {
  /// All its clocks stand for five seconds' sleep before `wake`.
  private final class Sleeper: Sendable {
    private static let seconds: Int64 = 5
    private let isAwake = Mutex(false)

    func wake() { isAwake.withLock { $0 = true } }

    var clock: SubmitClock {
      SubmitClock(
        wall: { WallTime.now.advanced(byMilliseconds: -self.behind * 1_000) },
        boot: { BootClock.now - UInt64(self.behind) * 1_000_000_000 })
    }

    private var behind: Int64 { isAwake.withLock { $0 ? 0 : Self.seconds } }
  }

  @Test func `rule 4: a request that waits over a sleep until its key is over doesn't leave, and its row looks first`()
    throws
  {
    let scene = try SubmitScene()
    defer { scene.close() }
    let sleeper = Sleeper()
    let csv = BillFile.rows(
      "external_reference,currency,amount_due,bill_date,customer.external_reference",
      (0..<20).map { "S\($0),ZAR,\(100 + $0),2026-02-01,C\($0)" })
    let keys = Mutex<[[String]]>([])
    let looks = Mutex(0)
    let attempt = try scene.prepare(
      csv, options: SubmitOptions(policy: RetryPolicy(base: 5, longest: 40, window: 2_000)), clock: sleeper.clock,
      watching: { _, _, requests in
        sleeper.wake()
        keys.withLock { $0.append(requests.compactMap { $0.headers.first?.1 }) }
        looks.withLock { $0 += requests.count { $0.method == "GET" } }
      })
    let summary = try attempt.run.run()
    #expect(summary.stop == .finished)
    let sent = keys.withLock { $0 }
    let early = Set(try #require(sent.first))
    #expect(!early.isEmpty && early.count <= 20)
    #expect(early.isDisjoint(with: sent.dropFirst().joined()), "a key is used again after its time")
    #expect(looks.withLock { $0 } == early.count)
    // The API has seen the looks, and each bill once.
    #expect(scene.requests == early.count + 20)
    #expect(scene.objects.bills == 20)
    let rows = try attempt.ledger.rows(of: attempt.fileRun, after: 0, limit: 100)
    for row in rows {
      guard case .settled(let settlement) = row.state else {
        Issue.record("row \(row.record) is open")
        continue
      }
      #expect(settlement.outcome == .created)
      #expect(settlement.attempts == 1, "what never left is no attempt")
    }
  }

  @Test func `rule 16: a payment that waits over a sleep doesn't leave on its look, and what was paid meanwhile stays`()
    throws
  {
    let scene = try SubmitScene()
    defer { scene.close() }
    _ = try scene.submit(BillFile.bills(20))
    scene.removeLedger()
    let other = try SubmitScene(sharing: scene)
    let sleeper = Sleeper()
    let payments = BillFile.rows(
      "external_reference,currency,payment_amount,payment_reference", (0..<20).map { "B\($0),ZAR,10,P\($0)" })
    var options = SubmitOptions(policy: RetryPolicy(base: 5, longest: 40))
    options.lookSeconds = 2
    let paid = Mutex<[String]>([])
    let attempt = try scene.prepare(
      payments, options: options, clock: sleeper.clock, order: FileOrder(.paymentAdded),
      watching: { _, _, requests in
        let bills = requests.filter { $0.method == "PATCH" }.compactMap { $0.path.split(separator: "/").last }
        guard !bills.isEmpty, paid.withLock({ $0.isEmpty }) else { return }
        paid.withLock { $0 = bills.map(String.init) }
        sleeper.wake()
        let rows = bills.map { "\($0),ZAR,7" }
        _ = try? other.submit(
          BillFile.rows("external_reference,currency,amount_paid", rows), order: FileOrder(.payment))
      })
    let summary = try attempt.run.run()
    #expect(summary.stop == .finished)
    let early = Set(paid.withLock { $0 })
    #expect(!early.isEmpty)
    for number in 0..<20 {
      #expect(scene.paid(on: "B\(number)") == (early.contains("B\(number)") ? 17 : 10))
    }
    for row in try attempt.ledger.rows(of: attempt.fileRun, after: 0, limit: 100) {
      guard case .settled(let settlement) = row.state else {
        Issue.record("row \(row.record) is open")
        continue
      }
      #expect(settlement.outcome == .updated && settlement.attempts == 1)
    }
  }
}

extension SubmitScene {
  /// What is paid on a bill in the sandbox.
  fileprivate func paid(on reference: String) -> Int64? {
    sandbox.state.withLock { state in
      let objects = state.calls.objects
      return objects.find(.bill, named: reference).map { Int64(objects.bills[Int($0)].amountPaid) }
    }
  }
}
