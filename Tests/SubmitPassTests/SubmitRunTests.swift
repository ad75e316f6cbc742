import BillLedger
import BillModel
import BillSubmission
import Hashing
import SandboxServer
import SeededRandoms
import Testing
import Transport

@testable import SubmitPass

@Suite(.serialized, .timeLimit(.minutes(3))) struct SubmitRunTests {
  private static let allFaults =
    "drop-before=0.01,drop-after=0.01,500-after=0.01,503=0.01,429=0.01,half=0.01,garbage=0.01"

  private static var eager: SubmitOptions { SubmitOptions(policy: RetryPolicy(base: 5, longest: 100, tries: 12)) }

  @Test(arguments: [nil, 7, 8] as [UInt64?])
  func `an all-new file costs exactly one request a bill, in whatever order of rows`(seed: UInt64?) throws {
    let scene = try SubmitScene()
    let outcome = try scene.submit(BillFile.bills(600, seed: seed))
    #expect(outcome.summary.stop == .finished)
    #expect(outcome.count(.created) == 600)
    #expect(outcome.summary.requests == RequestCounts(sent: 600))
    #expect(outcome.fileRun.requests == RequestCounts(sent: 600))
    #expect(scene.requests == 600)
    #expect(scene.objects == (600, 200, 100))
    #expect(outcome.fileRun.isFinished)
  }

  @Test func `rule 4: the ledger, which knows its server's time, is told the machine's`() throws {
    let scene = try SubmitScene()
    var clock = SubmitClock()
    // As over a server whose clock is ahead.
    clock.wall = { WallTime.now.advanced(byMilliseconds: 600_000) }
    let run = try scene.submit(BillFile.bills(3), clock: clock).fileRun
    #expect(try #require(run.sendingCompletedAt) <= .now)
  }

  @Test func `rule 22: a finished file sends nothing again`() throws {
    let scene = try SubmitScene()
    _ = try scene.submit(BillFile.bills(30))
    let again = try scene.submit(BillFile.bills(30))
    #expect(again.summary.requests == RequestCounts())
    #expect(again.summary.stop == .finished)
    #expect(scene.requests == 30)
  }

  @Test func `parties of earlier files are named by id`() throws {
    let scene = try SubmitScene()
    _ = try scene.submit(BillFile.bills(30))
    let outcome = try scene.submit(BillFile.bills(60, prefix: "D"), name: "second.csv")
    #expect(outcome.count(.created) == 60)
    #expect(outcome.summary.requests == RequestCounts(sent: 60))
    #expect(scene.objects == (90, 20, 10))
  }

  @Test(arguments: [1, 2] as [UInt64])
  func `with every fault on, every row ends created and no bill is lost or doubled`(seed: UInt64) throws {
    let scene = try SubmitScene { options in
      try options.faults.apply(Self.allFaults)
      options.seed = seed
    }
    let outcome = try scene.submit(BillFile.bills(900, seed: seed), options: Self.eager)
    #expect(outcome.summary.stop == .finished)
    #expect(outcome.count(.created) == 900, "seed \(seed): \(outcome.fileRun.rows)")
    #expect(scene.objects.bills == 900)
    #expect(outcome.fileRun.isFinished)
    #expect(outcome.summary.requests.throttled > 0)
    #expect(outcome.summary.requests.retried > 0)
  }

  @Test(arguments: [11, 12] as [UInt64])
  func `abandoned at random moments and opened again, it goes on where it was`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let scene = try SubmitScene { options in
      try options.faults.apply(Self.allFaults)
      options.seed = seed
      options.latency = 2
    }
    let csv = BillFile.bills(900, seed: seed)
    var withUnresolved = 0
    for _ in 0..<12 {
      let attempt = try scene.prepare(csv, options: Self.eager)
      for _ in 0..<Int.random(in: 1...6, using: &random) where try attempt.run.turn() {}
      if try attempt.ledger.counts(of: attempt.fileRun).unresolved > 0 { withUnresolved += 1 }
    }
    #expect(withUnresolved >= 4, "seed \(seed)")
    let outcome = try scene.submit(csv, options: Self.eager)
    #expect(outcome.count(.created) == 900, "seed \(seed): \(outcome.fileRun.rows)")
    #expect(scene.objects.bills == 900)
    #expect(outcome.fileRun.isFinished)
  }

  @Test func `rule 3: at whatever moment it is abandoned, the API has nothing that the ledger doesn't know of`() throws
  {
    let scene = try SubmitScene { $0.latency = 1 }
    let csv = BillFile.bills(600, seed: 3)
    for turns in 1...12 {
      let attempt = try scene.prepare(csv, options: Self.eager)
      for _ in 0..<turns where try attempt.run.turn() {}
      let known = try attempt.ledger.rows(of: attempt.fileRun, after: 0, limit: 1_000).map { row -> String in
        switch row.state {
        case .intended(let intent, _): intent.reference
        case .settled(let settlement): settlement.reference
        case .unsent: ""
        }
      }
      #expect(scene.references.isSubset(of: known), "after \(turns) turns")
    }
  }

  @Test func `rule 3: whatever leaves, the ledger holds its intent`() throws {
    let scene = try SubmitScene { try $0.faults.apply("503=0.05,half=0.05,drop-after=0.05") }
    var seen = 0
    let watching = { (ledger: Ledger, fileRun: FileRunID, requests: [HTTPRequest]) in
      let rows = (try? ledger.rows(of: fileRun, after: 0, limit: 1000)) ?? []
      let intended = rows.compactMap { row -> SHA256Digest? in
        if case .intended(let intent, _) = row.state { intent.bodyDigest } else { nil }
      }
      for request in requests where request.method == "POST" {
        seen += 1
        #expect(intended.contains(SHA256Digest(hashing: request.body)))
      }
    }
    let attempt = try scene.prepare(BillFile.bills(120), options: Self.eager, watching: watching)
    _ = try attempt.run.run()
    #expect(seen > 120)
  }

  @Test(arguments: [false, true])
  func `a key that is refused stops at once, and the mended key sends every row`(stores401: Bool) throws {
    let scene = try SubmitScene { $0.readings.stores401 = stores401 }
    let csv = BillFile.bills(300)
    let stopped = try scene.submit(csv, key: "sk_test_2")
    guard case .unauthorised = stopped.summary.stop else {
      Issue.record("not stopped: \(stopped.summary.stop)")
      return
    }
    #expect(scene.requests <= SubmitOptions().inFlight)
    #expect(stopped.fileRun.rows.unresolved == 0)
    #expect(!stopped.fileRun.isFinished)
    let resumed = try scene.submit(csv)
    #expect(resumed.count(.created) == 300)
    #expect(resumed.fileRun.isFinished)
    #expect(scene.objects.bills == 300)
  }

  @Test func `an interrupt lets what is in flight end, and the rest stays unsent`() throws {
    let scene = try SubmitScene { $0.latency = 50 }
    let csv = BillFile.bills(900)
    var asked = 0
    let stopped = try scene.submit(
      csv,
      interrupts: {
        asked += 1
        return asked > 6 ? 1 : 0
      })
    #expect(stopped.summary.stop == .interrupted)
    #expect(stopped.fileRun.rows.unresolved == 0)
    #expect(scene.objects.bills == stopped.count(.created))
    #expect(stopped.count(.created) < 900)
    let resumed = try scene.submit(csv)
    #expect(resumed.count(.created) == 900)
    #expect(resumed.fileRun.requests.sent == 900)
  }

  @Test func `a second interrupt ends at once, and leaves what was in flight unresolved`() throws {
    let scene = try SubmitScene { $0.latency = 2_000 }
    let csv = BillFile.bills(90)
    var asked = 0
    let stopped = try scene.submit(
      csv,
      interrupts: {
        asked += 1
        return asked > 3 ? 2 : 0
      })
    #expect(stopped.summary.stop == .interrupted)
    #expect(stopped.fileRun.rows.unresolved > 0)
  }

  @Test func `an API that can't be reached stops the run, and nothing counts as sent`() throws {
    let scene = try SubmitScene()
    scene.close()
    var options = Self.eager
    options.firstSignSeconds = 0.3
    let stopped = try scene.submit(BillFile.bills(300), options: options)
    guard case .unreachable = stopped.summary.stop else {
      Issue.record("not stopped: \(stopped.summary.stop)")
      return
    }
    #expect(stopped.summary.requests.sent == 0)
    #expect(stopped.fileRun.rows.unresolved == 0)
  }

  @Test func `rule 23: refused rows go again under a new epoch when they are asked for, and only they`() throws {
    let scene = try SubmitScene()
    _ = try scene.submit(BillFile.bills(1), name: "other.csv")
    let csv = BillFile.rows(
      BillFile.heading + ",account",
      [
        "R1,ZAR,100,2026-01-02,,,bacc_none", "R2,ZAR,100,2026-01-02,,,bacc_none", "N1,ZAR,5,2026-01-02,A0,C0,",
        "B0,ZAR,999,2026-01-02,A0,C0,",
      ])
    let ends: [RowOutcome] = [.refused, .refused, .created, .conflict]
    let first = try scene.submit(csv)
    #expect((1...4).map { first.settlement($0)?.outcome } == ends)
    #expect(first.settlement(1)?.code == .apiRefused)
    #expect(try scene.submit(csv).summary.requests.sent == 0)
    let before = scene.requests
    let again = try scene.submit(csv, options: SubmitOptions(retriesRefused: true))
    #expect(scene.requests == before + 2)
    #expect((1...4).map { again.settlement($0)?.outcome } == ends)
    #expect((1...4).map { again.settlement($0)?.epoch } == [2, 2, 1, 1])
    #expect(again.settlement(1)?.attempts == 2)
  }

  @Test func `rule 14: a bill that another file made is compared, and not sent`() throws {
    let scene = try SubmitScene()
    _ = try scene.submit(BillFile.bills(3))
    let before = scene.requests
    let rows = ["B0,ZAR,100,2026-01-02,A0,C0", "B1,ZAR,999,2026-01-02,A0,C0", "N1,ZAR,5,2026-01-02,A0,C0"]
    let outcome = try scene.submit(BillFile.rows(BillFile.heading, rows), name: "second.csv")
    #expect(outcome.settlement(1)?.outcome == .unchanged)
    #expect(outcome.settlement(2)?.outcome == .conflict)
    #expect(outcome.settlement(2)?.field == "amount_due")
    #expect(outcome.settlement(3)?.outcome == .created)
    #expect(outcome.summary.requests.sent == 1)
    // Two are looked at, one is made.
    #expect(scene.requests == before + 3)
    #expect(outcome.fileRun.isFinished)
  }

  @Test func `rule 14: of many bills that another file made none is sent, whatever is decided meanwhile`() throws {
    let scene = try SubmitScene()
    _ = try scene.submit(BillFile.bills(900))
    let before = scene.requests
    let known = BillFile.bills(900, seed: 5).split(separator: "\n").dropFirst().map(String.init)
    let rows = known.enumerated().flatMap { number, row in
      number.isMultiple(of: 3) ? [row, "N\(number),ZAR,5,2026-01-02,AN\(number),CN\(number)"] : [row]
    }
    let outcome = try scene.submit(BillFile.rows(BillFile.heading, rows), name: "second.csv", options: Self.eager)
    #expect(outcome.count(.unchanged) == 900)
    #expect(outcome.count(.created) == 300)
    #expect(scene.requests == before + 1_200)
    #expect(scene.objects.bills == 1_200)
    #expect(outcome.fileRun.isFinished)
  }

  @Test func `rule 14: an account of another customer is a conflict, and nothing is sent`() throws {
    let scene = try SubmitScene()
    _ = try scene.submit(BillFile.bills(1))
    let rows = ["N1,ZAR,5,2026-01-02,A0,C9"]
    let outcome = try scene.submit(BillFile.rows(BillFile.heading, rows), name: "second.csv")
    #expect(outcome.settlement(1)?.outcome == .conflict)
    #expect(outcome.summary.requests.sent == 0)
  }

  @Test func `a bill that exists without our knowing is found, and unchanged`() throws {
    let scene = try SubmitScene()
    let csv = BillFile.bills(6)
    _ = try scene.submit(csv)
    scene.removeLedger()
    let outcome = try scene.submit(csv)
    #expect(outcome.count(.unchanged) == 6)
    #expect(scene.objects.bills == 6)
  }

  @Test func `rule 15: rows behind a carrier whose fate is unknown are not sent`() throws {
    let scene = try SubmitScene { try $0.faults.apply("drop-before=1") }
    var options = SubmitOptions(policy: RetryPolicy(base: 1, longest: 2, tries: 3))
    options.signSeconds = 600
    options.firstSignSeconds = 600
    let stuck = try scene.submit(BillFile.bills(3, each: 3), options: options)
    #expect(stuck.summary.stop == .finished)
    #expect(stuck.fileRun.rows.unknown == 1)
    #expect(stuck.summary.heldBack == 2)
    #expect(!stuck.fileRun.isFinished)
    try scene.set(faults: "drop-before=0")
    let resumed = try scene.submit(BillFile.bills(3, each: 3), options: options)
    #expect(resumed.count(.created) == 3)
    #expect(resumed.fileRun.isFinished)
  }
}
