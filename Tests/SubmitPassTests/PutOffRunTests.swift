import BillLedger
import BillModel
import BillPlanning
import BillSubmission
import HTTPServing
import SchemaRules
import Synchronization
import Testing
import Threads
import Transport

@testable import SandboxServer
@testable import SubmitPass

/// What rests on a look, at an API that puts it off.
@Suite(.serialized, .timeLimit(.minutes(5))) struct PutOffRunTests {
  /// An API that takes one request a second, with 429 and the time of one to all others.
  private final class OneASecond: Sendable {
    private let next = Mutex<UInt64>(0)

    func answer() -> HTTPAnswer? {
      let now = MonotonicClock.now
      return next.withLock { next in
        guard now < next else {
          next = now + 1_000_000_000
          return nil
        }
        return HTTPAnswer(status: 429, headers: [("Retry-After", "1")])
      }
    }
  }

  /// How often something has come about.
  private final class Count: Sendable {
    private let value = Mutex(0)
    var now: Int { value.withLock { $0 } }

    func next() -> Int {
      value.withLock {
        $0 += 1
        return $0
      }
    }
  }

  private static let added = "external_reference,currency,payment_amount,payment_reference"

  private static func scene(bills: Int) throws -> SubmitScene {
    let scene = try SubmitScene()
    _ = try scene.submit(BillFile.bills(bills))
    return scene
  }

  /// Submits a file at a stated rate far above what the API takes.
  private func submit(
    _ scene: SubmitScene, _ csv: String, _ kind: OperationKind, options: SubmitOptions, seconds: UInt64 = 60,
    interrupts: @escaping () -> Int = { 0 }
  ) throws -> (stop: SubmitStop, fileRun: FileRun) {
    let end = MonotonicClock.now + seconds * 1_000_000_000
    let attempt = try scene.prepare(
      csv, name: "next.csv", rate: 50, options: options, order: FileOrder(kind),
      interrupts: { MonotonicClock.now > end ? 2 : interrupts() })
    let summary = try attempt.run.run()
    return (summary.stop, try #require(try attempt.ledger.fileRun(attempt.fileRun)))
  }

  @Test(arguments: [OperationKind.paymentAdded, .void])
  func `rule 8: what a 429 puts off goes again by its look, before others look`(_ kind: OperationKind) throws {
    let scene = try Self.scene(bills: 5)
    let csv =
      kind == .void
      ? BillFile.rows("external_reference", (0..<5).map { "B\($0)" })
      : BillFile.rows(Self.added, (0..<5).map { "B\($0),ZAR,10,P\($0)" })
    let limit = OneASecond()
    let taken = Count()
    scene.before.set { _, _ in
      let answer = limit.answer()
      if answer == nil { _ = taken.next() }
      return answer
    }
    let outcome = try submit(scene, csv, kind, options: SubmitOptions())
    #expect(outcome.stop == .finished)
    #expect(outcome.fileRun.rows.settled[.updated] == 5)
    #expect(taken.now <= 12, "\(taken.now) requests were taken for five looks and five changes")
  }

  @Test func `rule 16: put off for longer than its look may be gone by, a row looks again, and in the end goes by one`()
    throws
  {
    let scene = try Self.scene(bills: 1)
    let limit = OneASecond()
    let changes = Count()
    scene.before.set { [sandbox = scene.sandbox] method, _ in
      guard let answer = limit.answer() else { return nil }
      // Somebody pays while the first one waits.
      if method == .patch, changes.next() == 1 {
        sandbox.patch("/billing/bills/B0", #"{"amount_paid":7,"currency":"ZAR"}"#)
      }
      return answer
    }
    var options = SubmitOptions()
    options.lookSeconds = 0.4
    let outcome = try submit(
      scene, BillFile.rows(Self.added, ["B0,ZAR,10,P0"]), .paymentAdded, options: options)
    scene.before.set { _, _ in nil }
    #expect(outcome.stop == .finished)
    #expect(scene.paid("B0") == 17)
  }

  @Test func `a row that was only put off is taken back where the run ends while it looks again`() throws {
    let scene = try Self.scene(bills: 1)
    let looks = Count()
    scene.before.set { method, _ in
      if method == .get { _ = looks.next() }
      return method == .post ? HTTPAnswer(status: 429, headers: [("Retry-After", "1")]) : nil
    }
    var options = SubmitOptions()
    options.lookSeconds = 0.2
    let csv = BillFile.rows("external_reference", ["B0"])
    let outcome = try submit(scene, csv, .void, options: options, interrupts: { looks.now > 1 ? 1 : 0 })
    #expect(outcome.stop == .interrupted)
    #expect(outcome.fileRun.rows.unresolved == 0)
    scene.before.set { _, _ in nil }
    #expect(try submit(scene, csv, .void, options: options).fileRun.rows.settled[.updated] == 1)
  }

  @Test func `rule 16: metadata that others gave a party while our change was lost stays`() throws {
    let scene = try SubmitScene()
    let heading =
      "external_reference,currency,amount_due,bill_date,customer.external_reference,customer.metadata.area"
    _ = try scene.submit(BillFile.rows(heading, ["M0,ZAR,100,2026-02-01,C0,A"]))
    scene.patch("/billing/customers/C0", #"{"metadata":{"area":"A","vip":"no"}}"#)
    let changes = Count()
    scene.before.set { [sandbox = scene.sandbox] method, _ in
      guard method == .patch, changes.next() == 1 else { return nil }
      sandbox.patch("/billing/customers/C0", #"{"metadata":{"area":"A","vip":"yes"}}"#)
      return HTTPAnswer(status: 503)
    }
    let options = SubmitOptions(policy: RetryPolicy(base: 5, longest: 40), parties: .existing, updatesParties: true)
    let outcome = try submit(scene, BillFile.rows(heading, ["M1,ZAR,100,2026-02-01,C0,B"]), .bill, options: options)
    scene.before.set { _, _ in nil }
    #expect(outcome.stop == .finished && outcome.fileRun.isFinished)
    #expect(scene.metadata(ofCustomer: "C0") == ["area": "B", "vip": "yes"])
  }

  @Test func `a failure that asks for a pause too long to sit out leaves its row unknown, and holds no other`() throws {
    let scene = try SubmitScene()
    let posts = Count()
    scene.before.set { method, _ in
      guard method == .post, posts.next() == 5 else { return nil }
      return HTTPAnswer(status: 503, headers: [("Retry-After", "86400")])
    }
    let csv = BillFile.bills(20, each: 1, accounts: 1)
    let outcome = try submit(scene, csv, .bill, options: SubmitOptions(), seconds: 30)
    #expect(outcome.stop == .finished)
    #expect(outcome.fileRun.rows.settled[.created] == 19 && outcome.fileRun.rows.unresolved == 1)
    #expect(try submit(scene, csv, .bill, options: SubmitOptions()).fileRun.rows.settled[.created] == 20)
    #expect(scene.objects.bills == 20)
  }
}

extension SubmitScene {
  /// The metadata of a customer in the sandbox.
  fileprivate func metadata(ofCustomer reference: String) -> [String: String] {
    sandbox.state.withLock { state in
      guard let serial = state.calls.objects.find(.customer, reference: reference) else { return [:] }
      let body = state.calls.objects.customerBody(serial, paymentRules: false)
      let pairs = (try? JSONValue(parsing: body))?.object?["metadata"]?.object
      return (pairs?.members ?? []).reduce(into: [:]) { $0[$1.key] = $1.value.string ?? "" }
    }
  }
}
