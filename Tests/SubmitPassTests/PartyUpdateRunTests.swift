import BillIntake
import BillLedger
import BillModel
import BillPlanning
import BillReports
import BillSubmission
import HTTPServing
import Hashing
import SchemaRules
import SeededRandoms
import Synchronization
import Testing
import Threads
import Transport

@testable import FileRuns
@testable import SandboxServer
@testable import SubmitPass

/// Parties whose attributes at the API are not those of the file. 60 bills: three an account, 20 accounts, each under a
/// customer of its own.
@Suite(.serialized, .timeLimit(.minutes(2))) struct PartyUpdateRunTests {
  private static let heading =
    "external_reference,currency,amount_due,bill_date,account.external_reference,account.name,"
    + "account.customer.external_reference,account.customer.name,account.customer.email"

  private static func csv(_ prefix: String, name: (Int) -> String) -> String {
    BillFile.rows(
      heading,
      (0..<60).map { row in
        let party = row / 3
        return
          "\(prefix)\(row),ZAR,100,2026-01-02,A\(party),Account \(party),C\(party),\(name(party)),c\(party)@example.com"
      })
  }

  private static func options(_ mode: PartyMode = .auto, updates: Bool) -> SubmitOptions {
    SubmitOptions(policy: RetryPolicy(base: 5, longest: 100, tries: 12), parties: mode, updatesParties: updates)
  }

  /// What a run sent, by method.
  private final class Sent {
    var methods: [String: Int] = [:]
  }

  private func submit(
    _ csv: String, to scene: SubmitScene, _ options: SubmitOptions, turns: Int? = nil
  ) throws -> (sent: [String: Int], differences: [PartyDifference], isFinished: Bool) {
    let sent = Sent()
    let attempt = try scene.prepare(
      csv, options: options,
      watching: { _, _, requests in for request in requests { sent.methods[request.method, default: 0] += 1 } })
    if let turns {
      for _ in 0..<turns where try attempt.run.turn() {}
    } else {
      _ = try attempt.run.run()
    }
    return (
      sent.methods, try attempt.ledger.differences(of: attempt.fileRun, after: nil, limit: 1000),
      try attempt.ledger.fileRun(attempt.fileRun)?.isFinished == true
    )
  }

  /// A sandbox whose every party came with the old names; the ledger knows them, or not.
  private func scene(known: Bool) throws -> SubmitScene {
    let scene = try SubmitScene()
    _ = try scene.submit(Self.csv("B") { "Old \($0)" })
    if !known { scene.removeLedger() }
    return scene
  }

  @Test func `updates are of the day's budget too`() throws {
    let scene = try SubmitScene()
    _ = try scene.submit(Self.csv("A") { "Name \($0)" })
    try scene.set(faults: "429=0.1,503=0.05")
    let csv = Self.csv("B") { "Other \($0)" }
    var days = 0
    var stop = SubmitStop.interrupted
    while stop != .finished, days < 20 {
      days += 1
      let day = days
      var options = Self.options(updates: true)
      options.times = TimeLimits(daily: 45, zone: "UTC")
      let clock = SubmitClock(civil: { _ in
        CivilMoment(date: CivilDate(year: 2026, month: 3, day: day)!, minute: 600)
      })
      let before = scene.requests
      stop = try scene.submit(csv, options: options, clock: clock).summary.stop
      #expect(scene.requests - before <= 45, "\(scene.requests - before) requests on day \(day)")
    }
    #expect(stop == .finished && days > 2)
    #expect(scene.objects.bills == 120)
  }

  @Test func `updates that wait for the end of the file don't hold a spent day open`() throws {
    let scene = try SubmitScene()
    _ = try scene.submit(Self.csv("A") { "Name \($0)" })
    try scene.set(faults: "drop-after=0.3")
    let csv = Self.csv("B") { "Other \($0)" }
    var days = 0
    var stop = SubmitStop.interrupted
    repeat {
      days += 1
      let day = days
      var options = Self.options(updates: true)
      options.times = TimeLimits(daily: 60, zone: "UTC")
      let clock = SubmitClock(civil: { _ in
        CivilMoment(date: CivilDate(year: 2026, month: 3, day: day)!, minute: 600)
      })
      let end = MonotonicClock.now + 20_000_000_000
      let before = scene.requests
      stop = try scene.submit(
        csv, options: options, clock: clock, interrupts: { MonotonicClock.now > end ? 1 : 0 }
      ).summary.stop
      #expect(scene.requests - before <= 60, "\(scene.requests - before) requests on day \(day)")
    } while stop != .finished && stop != .interrupted && days < 20
    #expect(stop == .finished && days > 2)
    #expect(scene.objects.bills == 120)
  }

  @Test func `updates that wait for the end of the file take no room from rows`() throws {
    let scene = try scene(known: false)
    try scene.set(faults: "drop-after=0.3")
    var options = Self.options(updates: true)
    options.maximumActive = 4
    let end = MonotonicClock.now + 30_000_000_000
    let outcome = try scene.submit(
      Self.csv("D") { "New \($0)" }, options: options, interrupts: { MonotonicClock.now > end ? 1 : 0 })
    #expect(outcome.summary.stop == .finished)
    #expect(outcome.fileRun.isFinished)
    #expect(scene.objects.bills == 120)
    for party in 0..<20 { #expect(scene.name(ofCustomer: "C\(party)") == "New \(party)") }
  }

  @Test func `rule 16: of updates that wait for the end of the file those beyond a bound are the next runs'`() throws {
    let scene = try scene(known: false)
    try scene.set(faults: "drop-after=0.5")
    let csv = Self.csv("D") { "New \($0)" }
    var runs = 0
    var isFinished = false
    while !isFinished, runs < 12 {
      runs += 1
      let attempt = try scene.prepare(csv, options: Self.options(updates: true))
      attempt.run.desk.mostHeld = 2
      let stop = try attempt.run.run().stop
      isFinished = try attempt.ledger.fileRun(attempt.fileRun)?.isFinished == true
      let open = try attempt.ledger.openChanges(of: attempt.fileRun)
      #expect(stop == .finished && open.isEmpty == isFinished, "\(open)")
      if runs == 1 { try scene.set(faults: "drop-after=0.1") }
    }
    #expect(isFinished && runs > 1)
    #expect(scene.objects.bills == 120)
    for party in 0..<20 { #expect(scene.name(ofCustomer: "C\(party)") == "New \(party)") }
  }

  @Test(arguments: 1...6) func `rule 16: a change that the day's budget has no request for isn't noted as under way`(
    daily: Int
  ) throws {
    let scene = try scene(known: false)
    let csv = Self.csv("D") { "New \($0)" }
    var options = Self.options(updates: true)
    options.times = TimeLimits(daily: daily, zone: "UTC")
    let result = try submit(csv, to: scene, options)
    let noted = result.differences.filter { !$0.fields.isEmpty }.count
    #expect(noted <= result.sent["PATCH"] ?? 0, "\(result.differences)")
    let last = try submit(csv, to: scene, Self.options(updates: true))
    #expect(last.isFinished)
    for party in 0..<20 { #expect(scene.name(ofCustomer: "C\(party)") == "New \(party)") }
  }

  @Test func `unasked, what the row's own looks show is told, once a party, and nothing is changed`() throws {
    let scene = try scene(known: false)
    let result = try submit(Self.csv("D") { "New \($0)" }, to: scene, Self.options(.existing, updates: false))
    #expect(result.sent == ["GET": 40, "POST": 60])
    #expect(result.differences.count == 20)
    #expect(result.differences.allSatisfy { $0.state == .left && $0.fields == ["name"] && $0.party.kind == .customer })
    #expect(result.differences.map(\.record) == (0..<20).map { $0 * 3 + 1 })
    #expect(result.isFinished)
    #expect(scene.name(ofCustomer: "C7") == "Old 7")
  }

  @Test func `unasked, parties that the ledger knows cost no GET, and nothing is known of them`() throws {
    let scene = try scene(known: true)
    let result = try submit(Self.csv("D") { "New \($0)" }, to: scene, Self.options(.existing, updates: false))
    #expect(result.sent == ["POST": 60])
    #expect(result.differences.isEmpty)
  }

  @Test(arguments: [true, false]) func `asked to, each party is read once, and changed once where it differs`(
    known: Bool
  )
    throws
  {
    let scene = try scene(known: known)
    let csv = Self.csv("D") { $0 < 5 ? "Old \($0)" : "New \($0)" }
    let result = try submit(csv, to: scene, Self.options(updates: true))
    #expect(result.sent == ["GET": 40, "PATCH": 15, "POST": 60])
    #expect(result.differences.count == 15)
    #expect(result.differences.allSatisfy { $0.state == .changed && $0.fields == ["name"] })
    #expect(result.isFinished)
    #expect(scene.name(ofCustomer: "C4") == "Old 4")
    #expect(scene.name(ofCustomer: "C7") == "New 7")
    #expect(scene.objects == (120, 20, 20))
  }

  @Test func `asked to, new parties are looked up, made, and not read again`() throws {
    let scene = try SubmitScene()
    let result = try submit(Self.csv("B") { "New \($0)" }, to: scene, Self.options(updates: true))
    #expect(result.sent == ["GET": 40, "POST": 60])
    #expect(result.differences.isEmpty)
    #expect(result.isFinished)
  }

  @Test(arguments: [31, 32, 33] as [UInt64])
  func `with faults, and dying at random moments, each party ends as asked and nothing is left open`(seed: UInt64)
    throws
  {
    var random = SeededRandoms.SeededRandom(seed: seed)
    let scene = try scene(known: seed % 2 == 0)
    try scene.set(faults: "drop-before=0.03,drop-after=0.03,500-after=0.03,503=0.03,429=0.03,garbage=0.03")
    let csv = Self.csv("D") { "New \($0)" }
    var open = 0
    for _ in 0..<10 {
      let result = try submit(
        csv, to: scene, Self.options(updates: true), turns: Int.random(in: 1...10, using: &random))
      open += result.differences.filter { $0.state == .changing }.count
    }
    print("PartyUpdateRunTests: \(open) open when it died")
    #expect(open > 0)
    let last = try submit(csv, to: scene, Self.options(updates: true))
    #expect(last.isFinished, "seed \(seed): \(last.differences)")
    #expect(last.differences.count == 20)
    #expect(last.differences.allSatisfy { $0.state == .changed }, "seed \(seed): \(last.differences)")
    for party in 0..<20 { #expect(scene.name(ofCustomer: "C\(party)") == "New \(party)") }
    #expect(scene.objects == (120, 20, 20))
  }

  @Test func `while another file's change is open, a party is left, and that is told`() throws {
    let scene = try scene(known: true)
    _ = try openChange(of: ["name"], in: scene)
    let result = try submit(Self.csv("D") { "New \($0)" }, to: scene, Self.options(updates: true))
    #expect(result.sent["PATCH"] == 19)
    #expect(result.differences.filter { $0.state == .left }.map(\.party) == [PartyKey(.customer, "C3")])
    #expect(scene.name(ofCustomer: "C3") == "Old 3")
  }

  /// Another file's change of C3 that is open: of these fields.
  private func openChange(of fields: [String], in scene: SubmitScene) throws -> FileRunID {
    let ledger = try scene.openLedger()
    let run = try ledger.openFileRun(
      FileIdentity(digest: .init(hashing: "other"), name: "other.csv", byteCount: 1),
      layout: LayoutIdentity(digest: .init(hashing: "other"), name: "default", duplicates: "reject"), approval: nil,
      now: .now)
    var batch = LedgerBatch()
    batch.differences = [
      PartyDifference(record: 1, party: PartyKey(.customer, "C3"), fields: fields, state: .changing)
    ]
    _ = try ledger.commit(batch, fileRun: run.id, now: .now)
    return run.id
  }

  @Test func `a file that has only begun to compare a party keeps no other one from it, and says that it did no more`()
    throws
  {
    let scene = try scene(known: true)
    var other = try openChange(of: [], in: scene)
    func isLeft() throws -> Bool {
      let left = try scene.openLedger().differences(of: other, after: nil, limit: 9)
      return left.map(\.state) == [.left] && left.first?.message?.contains("another file") == true
    }
    let result = try submit(Self.csv("D") { "New \($0)" }, to: scene, Self.options(updates: true))
    #expect(result.sent["PATCH"] == 20 && result.isFinished)
    #expect(scene.name(ofCustomer: "C3") == "New 3")
    #expect(try isLeft())
    other = try openChange(of: [], in: scene)
    let carl = try scene.submit(
      BillFile.rows(Self.customers, ["C3,Carl"]), name: "carl.csv", options: Self.options(updates: false),
      order: FileOrder(.customer))
    #expect(carl.settlement(1)?.outcome == .updated && carl.fileRun.isFinished)
    #expect(scene.name(ofCustomer: "C3") == "Carl")
    #expect(try isLeft())
  }

  private static let customers = "customer.external_reference,customer.name"
  private static let oneBill =
    "external_reference,currency,amount_due,bill_date,customer.external_reference,customer.name\n"

  /// Dies in a file of one bill that gives C1 another name: neither the bill nor the change had an answer.
  private func die(in csv: String, _ scene: SubmitScene) throws {
    scene.before.set { method, _ in method == .get ? nil : HTTPAnswer(status: 503) }
    let attempt = try scene.prepare(csv, options: Self.options(updates: true))
    func isOpen() throws -> Bool {
      try attempt.ledger.counts(of: attempt.fileRun).unresolved == 1
        && attempt.ledger.openChanges(of: attempt.fileRun).contains { !$0.fields.isEmpty }
    }
    let end = MonotonicClock.now + 20_000_000_000
    while try !isOpen(), MonotonicClock.now < end, try attempt.run.turn() {}
    #expect(try isOpen())
  }

  @Test func `rule 16: settling doesn't finish a file while a change of a party is open, and closes it in the end`()
    throws
  {
    let scene = try SubmitScene()
    _ = try scene.submit(Self.oneBill + "A1,ZAR,100,2026-01-02,C1,Old\n")
    let csv = Self.oneBill + "D1,ZAR,100,2026-01-02,C1,New\n"
    try die(in: csv, scene)
    var options = SubmitOptions(policy: RetryPolicy(base: 5, longest: 20, tries: 3))
    options.scope = .unknown
    func settle() throws -> (FileResult, isFinished: Bool?) {
      let result = try scene.submission(options).settle(.memory(Array(csv.utf8), name: "bills.csv"))
      let digest = SHA256Digest(hashing: csv)
      return (result, try scene.openLedger().fileRuns(of: digest).last?.isFinished)
    }
    scene.before.set { method, _ in method == .patch ? HTTPAnswer(status: 503) : nil }
    for _ in 0..<2 {
      let (open, isFinished) = try settle()
      #expect(open.summary.verdict == .stopped && isFinished == false)
      #expect(scene.objects.bills == 2)
    }
    scene.before.set { _, _ in nil }
    let (closed, isFinished) = try settle()
    #expect(closed.summary.verdict != .stopped && isFinished == true, "\(closed.summary.reason ?? "")")
    #expect(scene.name(ofCustomer: "C1") == "New")
  }

  @Test(arguments: [true, false])
  func `settling begins no comparison, and doesn't say that one was made`(goesOn: Bool) throws {
    let scene = try SubmitScene()
    _ = try scene.submit(Self.oneBill + "A1,ZAR,100,2026-01-02,C1,Old\n")
    let csv = Self.oneBill + "D1,ZAR,100,2026-01-02,C1,New\n"
    scene.before.set { _, _ in HTTPAnswer(status: 503) }
    func die() throws {
      let attempt = try scene.prepare(csv, options: Self.options(updates: true))
      let end = MonotonicClock.now + 20_000_000_000
      while try attempt.ledger.counts(of: attempt.fileRun).unresolved == 0, MonotonicClock.now < end,
        try attempt.run.turn()
      {}
      #expect(try attempt.ledger.openChanges(of: attempt.fileRun).map(\.fields) == [[]])
    }
    try die()
    scene.before.set { _, _ in nil }
    var options = SubmitOptions(policy: RetryPolicy(base: 5, longest: 20, tries: 3))
    options.scope = .unknown
    let settled = try scene.submission(options).settle(.memory(Array(csv.utf8), name: "bills.csv"))
    #expect(settled.summary.verdict == .stopped)
    #expect(settled.summary.reason?.contains("1 party is not compared with the API yet") == true)
    #expect(settled.summary.reason?.contains("--update-parties goes on") == true)
    #expect(scene.objects.bills == 2 && scene.name(ofCustomer: "C1") == "Old")
    let last = try submit(csv, to: scene, Self.options(updates: goesOn))
    #expect(last.isFinished && scene.name(ofCustomer: "C1") == (goesOn ? "New" : "Old"))
    #expect(last.differences.map(\.state) == [goesOn ? .changed : .left])
    if !goesOn { #expect(last.differences.first?.message?.contains("without --update-parties") == true) }
  }

  @Test func `rule 16: while another file's change is open, no row gives that party anything, and that is told`() throws
  {
    let scene = try SubmitScene()
    _ = try scene.submit(Self.oneBill + "A1,ZAR,100,2026-01-02,C1,Old\n")
    let csv = Self.oneBill + "D1,ZAR,100,2026-01-02,C1,Beth\n"
    try die(in: csv, scene)
    scene.before.set { _, _ in nil }
    let carl = BillFile.rows(Self.customers, ["C1,Carl", "C2,Dora"])
    func submit() throws -> SubmitScene.Outcome {
      try scene.submit(carl, name: "carl.csv", options: Self.options(updates: false), order: FileOrder(.customer))
    }
    let barred = try submit()
    #expect(barred.settlement(1) == nil && barred.settlement(2)?.outcome == .created)
    #expect(!barred.fileRun.isFinished && barred.summary.heldBack == 1)
    let words = barred.summary.barred.words ?? ""
    #expect(words.contains("bills.csv") && words.contains("--strike-off \(SHA256Digest(hashing: csv).short)"))
    #expect(try scene.submit(csv, options: Self.options(updates: true)).fileRun.isFinished)
    #expect(scene.name(ofCustomer: "C1") == "Beth")
    let done = try submit()
    #expect(done.settlement(1)?.outcome == .updated && done.fileRun.isFinished)
    #expect(scene.name(ofCustomer: "C1") == "Carl")
  }
}

extension SubmitScene {
  /// The name of a customer in the sandbox.
  fileprivate func name(ofCustomer reference: String) -> String? {
    sandbox.state.withLock { state in
      guard let serial = state.calls.objects.find(.customer, reference: reference) else { return nil }
      let body = state.calls.objects.customerBody(serial, paymentRules: false)
      return (try? JSONValue(parsing: body))?.object?["name"]?.string
    }
  }
}
