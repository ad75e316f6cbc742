import BillModel
import BillReports
import HTTPServing
import MomentAPI
import SandboxServer
import Synchronization
import Testing

@testable import BillLedger
@testable import FileRuns
@testable import SubmitPass

/// What ends a run before its file, and what its rows are then.
@Suite(.serialized, .timeLimit(.minutes(2))) struct SubmitStopTests {
  @Test func `a 404 to a creation stops the run with no row refused, and the right path sends every row`() throws {
    let scene = try SubmitScene()
    scene.basePath = "/base"
    let csv = BillFile.bills(300)
    let stopped = try scene.submit(csv)
    guard case .noSuchPath(_, let problem) = stopped.summary.stop else {
      Issue.record("not stopped: \(stopped.summary.stop)")
      return
    }
    #expect(problem.status == 404)
    #expect(stopped.count(.refused) == 0)
    #expect(stopped.fileRun.rows.unresolved == 0)
    let options = SubmitOptions()
    #expect(scene.requests <= options.inFlight + options.lookAhead)
    scene.basePath = ""
    let resumed = try scene.submit(csv)
    #expect(resumed.count(.created) == 300)
    #expect(scene.objects.bills == 300)
  }

  @Test func `a 404 stops the run with no row refused also where the ledger knows every party`() throws {
    let scene = try SubmitScene()
    #expect(try scene.submit(BillFile.bills(60)).count(.created) == 60)
    scene.basePath = "/base"
    let csv = BillFile.bills(60, prefix: "N")
    let stopped = try scene.submit(csv)
    guard case .noSuchPath = stopped.summary.stop else {
      Issue.record("not stopped: \(stopped.summary.stop)")
      return
    }
    #expect(stopped.count(.refused) == 0)
    #expect(stopped.fileRun.rows.unresolved == 0)
    scene.basePath = ""
    #expect(try scene.submit(csv).count(.created) == 60)
  }

  @Test func `rule 7: a 404 about a customer who is gone refuses that one's rows, and the others go`() throws {
    let heading = "external_reference,currency,amount_due,bill_date,customer.external_reference"
    func bills(_ prefix: String) -> String {
      BillFile.rows(heading, (0..<12).map { "\(prefix)\($0),ZAR,5,2026-01-02,C\($0 / 4)" })
    }
    let scene = try SubmitScene()
    #expect(try scene.submit(bills("A")).count(.created) == 12)
    guard case .known(let gone) = try scene.openLedger().party(PartyKey(.customer, "C1")) else {
      Issue.record("C1 isn't known")
      return
    }
    scene.before.set { (_, path, body) -> HTTPAnswer? in
      let isGone = path.hasSuffix("/C1") || String(decoding: body, as: UTF8.self).contains(gone.id)
      return isGone ? HTTPAnswer(status: 404) : nil
    }
    let outcome = try scene.submit(bills("B"))
    #expect(outcome.summary.stop == .finished)
    #expect(outcome.count(.refused) == 4 && outcome.count(.created) == 8)
  }

  @Test func `rule 7: a 404 about a customer who is gone refuses a row where others are gone too`() throws {
    let heading = "external_reference,currency,amount_due,bill_date,customer.external_reference"
    func bills(_ prefix: String, _ customers: Range<Int>) -> String {
      BillFile.rows(heading, customers.map { "\(prefix)\($0),ZAR,5,2026-01-02,C\($0)" })
    }
    let scene = try SubmitScene()
    #expect(try scene.submit(bills("A", 10..<20)).count(.created) == 10)
    let ids = try (10..<18).map { number -> String? in
      guard case .known(let party) = try scene.openLedger().party(PartyKey(.customer, "C\(number)")) else { return nil }
      return party.id
    }
    scene.before.set { (_, path, body) -> HTTPAnswer? in
      let text = String(decoding: body, as: UTF8.self)
      let isGone = (10..<18).contains { path.hasSuffix("/C\($0)") } || ids.contains { $0.map(text.contains) ?? true }
      return isGone ? HTTPAnswer(status: 404) : nil
    }
    // By one of the ledger's last, and by the one whose bill was taken last.
    let alone = try scene.submit(bills("B", 14..<15))
    #expect(alone.summary.stop == .finished && alone.count(.refused) == 1)
    let outcome = try scene.submit(bills("D", 14..<20), options: SubmitOptions(inFlight: 1))
    #expect(outcome.summary.stop == .finished)
    #expect(outcome.count(.refused) == 4 && outcome.count(.created) == 2)
  }

  @Test func `the reason names the endpoint, and asks the question`() throws {
    let stop = SubmitStop.noSuchPath(origin: "https://api.example", .init(status: 404))
    let reason = try #require(stop.reason(accounting: .init(recordsRead: 1, moneyRead: [:])))
    #expect(reason.contains("POST /billing/bills") && reason.contains("404"))
    #expect(reason.contains("https://api.example") && reason.contains("right?"))
  }

  @Test(arguments: ["retry-after", "retry-after-date"])
  func `a 429 that asks for too long a pause leaves no row unknown`(headers: String) throws {
    let scene = try SubmitScene { options in
      try options.faults.apply("429=1")
      try options.readings.apply("rate-headers=\(headers)")
    }
    var options = SubmitOptions()
    options.longestPauseSeconds = 0.5
    let csv = BillFile.bills(90)
    let stopped = try scene.submit(csv, options: options)
    guard case .pausedTooLong = stopped.summary.stop else {
      Issue.record("not stopped: \(stopped.summary.stop)")
      return
    }
    #expect(stopped.summary.requests.throttled > 0)
    #expect(stopped.fileRun.rows.unresolved == 0)
    try scene.set(faults: "429=0")
    #expect(try scene.submit(csv).count(.created) == 90)
  }

  @Test func `a pause that the API asks for holds those who share the limit`() throws {
    let scene = try SubmitScene { options in
      try options.faults.apply("429=1")
      try options.readings.apply("rate-headers=retry-after")
    }
    let attempt = try scene.prepare(BillFile.bills(30))
    let sharing = LedgerSharing(path: "", holder: "", lead: 0)
    attempt.run.connection.pacer.share(sharing, rate: nil)
    var turns = 0
    while attempt.run.throttle ?? 0 == 0, turns < 10_000, try attempt.run.turn() { turns += 1 }
    #expect((1...60_000).contains(sharing.state.withLock { $0.pause } ?? 0))
  }

  @Test func `progress says that the API throttles, until it takes something`() throws {
    let scene = try SubmitScene { try $0.faults.apply("429=1") }
    let attempt = try scene.prepare(BillFile.bills(30))
    var turns = 0
    while attempt.run.tally.throttledFor == nil, turns < 10_000, try attempt.run.turn() { turns += 1 }
    let seconds = try #require(attempt.run.tally.throttledFor)
    #expect((0...60).contains(seconds))
    try scene.set(faults: "429=0")
    _ = try attempt.run.run()
    #expect(attempt.run.tally.throttledFor == nil)
    #expect(scene.objects.bills == 30)
  }

  @Test func `rows that have their end are passed over a part at a time, so that a signal is heard between`() throws {
    let scene = try SubmitScene()
    // None waits for another: those that are settled are the first ones.
    let csv = BillFile.bills(300, each: 1, accounts: 1)
    let first = try scene.submit(csv, interrupts: { scene.objects.bills >= 150 ? 1 : 0 })
    #expect((150..<300).contains(first.count(.created)))
    let before = scene.requests
    do {
      var turns = 0
      let attempt = try scene.prepare(
        csv,
        interrupts: {
          turns += 1
          return turns > 5 ? 1 : 0
        })
      attempt.run.feed.mostPassed = 20
      #expect(try attempt.run.run().stop == .interrupted)
    }
    #expect(scene.requests == before)
    let attempt = try scene.prepare(csv)
    attempt.run.feed.mostPassed = 1
    #expect(try attempt.run.run().stop == .finished)
    #expect(scene.objects.bills == 300)
  }
}
