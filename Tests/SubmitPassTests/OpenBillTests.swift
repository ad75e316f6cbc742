import BillLedger
import BillModel
import BillSubmission
import HTTPServing
import Hashing
import Synchronization
import Testing
import Transport

@testable import SandboxServer
@testable import SubmitPass

/// Rows about a bill that another row has begun to change, or to raise in the place of another, and whose end isn't known:
/// they wait, whatever they would do by the names and bills that they see.
@Suite(.serialized, .timeLimit(.minutes(3))) struct OpenBillTests {
  private static let options = SubmitOptions(policy: RetryPolicy(base: 2, longest: 20, tries: 4))
  private static let bill = "external_reference,currency,amount_due,bill_date,customer.external_reference"
  private static let payment = "external_reference,currency,payment_amount,payment_reference"

  private static func bills(_ rows: (name: String, due: Int)...) -> String {
    BillFile.rows(bill, rows.map { "\($0.name),ZAR,\($0.due),2026-01-02,C1" })
  }

  private static func voids(_ names: String...) -> String { BillFile.rows("external_reference", names) }

  /// A scene with the bill `I` of 240.
  private static func scene() throws -> SubmitScene {
    let scene = try SubmitScene()
    _ = try scene.submit(
      BillFile.rows(
        "currency,external_reference,amount_due,bill_date,customer.external_reference", ["ZAR,I,240,2026-01-02,C1"]))
    return scene
  }

  private func submit(
    _ scene: SubmitScene, _ csv: String, _ kind: OperationKind, retriesRefused: Bool = false
  ) throws -> SubmitScene.Outcome {
    var options = Self.options
    options.retriesRefused = retriesRefused
    return try scene.submit(csv, options: options, order: FileOrder(kind))
  }

  /// Submits a file of one row to an API that takes no request of a method whose path ends so.
  private func leaveOpen(
    _ scene: SubmitScene, _ csv: String, _ kind: OperationKind, at method: HTTPMethod, _ suffix: String
  ) throws {
    scene.before.set { asked, path in
      asked == method && path.hasSuffix(suffix) ? HTTPAnswer(status: 503) : nil
    }
    #expect(try submit(scene, csv, kind).fileRun.rows.unknown == 1)
    scene.before.set { _, _ in nil }
  }

  /// Submits a file of one correction to an API whose answers are lost from its first POST on.
  private func loseAnswers(_ scene: SubmitScene, _ csv: String) throws {
    let attempt = try scene.prepare(
      csv, options: Self.options, order: FileOrder(.correct),
      watching: { _, _, requests in
        if requests.contains(where: { $0.method == "POST" }) { try? scene.set(faults: "drop-after=1") }
      })
    _ = try attempt.run.run()
    try scene.set(faults: "drop-after=0")
  }

  /// That nothing is sent for the rows of a file, and none of them has its end.
  private func waits(
    _ scene: SubmitScene, _ csv: String, _ kind: OperationKind, rows: Int = 1,
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try submit(scene, csv, kind)
    #expect(outcome.summary.requests.sent == 0, sourceLocation: location)
    #expect(outcome.summary.heldBack == rows && outcome.rows.isEmpty, sourceLocation: location)
  }

  @Test func `rule 16: a bill that a correction really voids is no other row's, under whatever name`() throws {
    let scene = try Self.scene()
    #expect(try submit(scene, Self.bills(("I", 200)), .correct).count(.updated) == 1)
    let first = Self.bills(("I", 180))
    try leaveOpen(scene, first, .correct, at: .post, "/void")
    let second = Self.bills(("I-R1", 180))
    try waits(scene, second, .correct)
    try waits(scene, Self.voids("I-R1"), .void)
    try waits(scene, BillFile.rows(Self.payment, ["I-R1,ZAR,50,P1"]), .paymentAdded)
    #expect(try submit(scene, first, .correct).count(.updated) == 1)
    #expect(try submit(scene, second, .correct).count(.conflict) == 1)
    #expect(scene.due == ["I-R2": 180])
  }

  @Test func `rule 16: nothing is paid on a bill that a void has followed to, and whose end isn't known`() throws {
    let scene = try Self.scene()
    #expect(try submit(scene, Self.bills(("I", 200)), .correct).count(.updated) == 1)
    let void = Self.voids("I")
    try leaveOpen(scene, void, .void, at: .post, "/void")
    try waits(scene, BillFile.rows(Self.payment, ["I-R1,ZAR,50,P1"]), .paymentAdded)
    #expect(try submit(scene, void, .void).count(.updated) == 1)
    #expect(scene.due.isEmpty && scene.paid("I-R1") == 0)
  }

  @Test(arguments: ["/void", "/billing/bills"])
  func `rule 16: no row has its end by a look at a bill that another row's correction is at`(_ step: String) throws {
    let scene = try Self.scene()
    let older = Self.bills(("I", 180))
    try leaveOpen(scene, older, .correct, at: .post, step)
    try waits(scene, Self.bills(("I", 240)), .correct)
    try waits(scene, Self.voids("I"), .void)
    #expect(try submit(scene, older, .correct).count(.updated) == 1)
    #expect(scene.due == ["I-R1": 180])
    #expect(try submit(scene, Self.voids("I"), .void).count(.updated) == 1)
    #expect(scene.due.isEmpty)
  }

  @Test func `rule 16: no row has its end by a look at what another row's payment is to set`() throws {
    let scene = try Self.scene()
    func total(_ amount: Int) -> String {
      BillFile.rows("external_reference,currency,amount_paid", ["I,ZAR,\(amount)"])
    }
    #expect(try submit(scene, total(30), .payment).count(.updated) == 1)
    let older = total(50)
    try leaveOpen(scene, older, .payment, at: .patch, "/I")
    let newer = BillFile.rows("external_reference,amount_paid,currency", ["I,30,ZAR"])
    try waits(scene, newer, .payment)
    #expect(try submit(scene, older, .payment).count(.updated) == 1)
    #expect(try submit(scene, newer, .payment).count(.updated) == 1)
    #expect(scene.paid("I") == 30)
  }

  /// A correction of `I` that has voided it, and whose bill the API refused.
  private func voidedAlone(_ scene: SubmitScene) throws -> String {
    let older = Self.bills(("I", 200))
    scene.before.set { method, path in
      method == .post && path == "/billing/bills" ? HTTPAnswer(status: 422) : nil
    }
    #expect(try submit(scene, older, .correct).count(.refused) == 1)
    scene.before.set { _, _ in nil }
    return older
  }

  @Test func `rule 16: what a row raises whose end isn't known isn't voided for an older correction`() throws {
    let scene = try Self.scene()
    let older = try voidedAlone(scene)
    let newer = Self.bills(("I", 190))
    try loseAnswers(scene, newer)
    #expect(scene.due == ["I-R1": 190])
    #expect(try submit(scene, older, .correct).summary.heldBack == 1)
    try waits(scene, Self.voids("I-R1"), .void)
    #expect(scene.due == ["I-R1": 190])
    #expect(try submit(scene, newer, .correct).count(.updated) == 1)
    #expect(try submit(scene, older, .correct).count(.conflict) == 1)
    #expect(scene.due == ["I-R1": 190])
  }

  @Test(arguments: ["I", "I-R1"])
  func `rule 16: a row waits for one that is at what took its bill's place under another name`(name: String) throws {
    let scene = try Self.scene()
    for file in [Self.bills(("I", 200)), Self.bills((name == "I" ? "I-R1" : "I", 190))] {
      #expect(try submit(scene, file, .correct).count(.updated) == 1)
    }
    let open = Self.bills((name == "I" ? "I-R1" : "I", 180))
    let due = scene.due
    try leaveOpen(scene, open, .correct, at: .post, "/billing/bills")
    try waits(scene, Self.voids(name), .void)
    #expect(due.count == 1 && scene.due.isEmpty)
    #expect(try submit(scene, open, .correct).count(.updated) == 1)
    #expect(try submit(scene, Self.voids(name), .void).count(.updated) == 1)
    #expect(scene.due.isEmpty)
  }

  @Test func `rule 16: refused rows that are sent again void nothing that another row has raised since`() throws {
    let scene = try Self.scene()
    let older = try voidedAlone(scene)
    #expect(try submit(scene, Self.bills(("I", 190)), .correct).count(.updated) == 1)
    #expect(try submit(scene, older, .correct, retriesRefused: true).count(.conflict) == 1)
    #expect(scene.due == ["I-R1": 190])
  }

  @Test func `a bill that was voided for a correction of another name is none that this one has voided`() throws {
    let scene = try Self.scene()
    #expect(try submit(scene, Self.bills(("I", 200)), .correct).count(.updated) == 1)
    let first = Self.bills(("I", 180))
    scene.before.set { method, path in
      method == .post && path == "/billing/bills" ? HTTPAnswer(status: 422) : nil
    }
    #expect(try submit(scene, first, .correct).count(.refused) == 1)
    scene.before.set { _, _ in nil }
    #expect(try submit(scene, Self.bills(("I-R1", 180)), .correct).count(.conflict) == 1)
    #expect(try submit(scene, first, .correct).count(.updated) == 1)
    #expect(scene.due == ["I-R2": 180])
  }

  private static func mixed(_ rows: String...) -> String {
    BillFile.rows("operation," + bill + ",payment_amount,payment_reference", rows)
  }

  @Test func `a row of a mixed file that is on what a row before it raises in a bill's place goes after it`() throws {
    let scene = try Self.scene()
    let csv = Self.mixed("correct,I,ZAR,200,2026-01-02,C1,,", "payment-added,I-R1,ZAR,,,,50,P1")
    #expect(try submit(scene, csv, .mixed).count(.updated) == 2)
    #expect(scene.due == ["I-R1": 200] && scene.paid("I-R1") == 50)
  }

  @Test func `rows of a mixed file on a bill that it raises, and on those in its place, go in the file's order`() throws
  {
    let scene = try Self.scene()
    let csv = Self.mixed(
      "bill,J,ZAR,240,2026-01-02,C1,,", "correct,J,ZAR,200,2026-01-02,C1,,", "payment-added,J-R1,ZAR,,,,50,P1",
      "bill,K,ZAR,5,2026-01-02,C2,,", "correct,K,ZAR,6,2026-01-02,C2,,",
      "void,K-R1,,,,,,")
    let outcome = try submit(scene, csv, .mixed)
    #expect(outcome.count(.created) == 2 && outcome.count(.updated) == 4)
    #expect(scene.due == ["I": 240, "J-R1": 200] && scene.paid("J-R1") == 50)
  }

  @Test func `rows of a mixed file go in its order on bills that this ledger didn't raise`() throws {
    let raising = try Self.scene()
    _ = try submit(raising, Self.bills(("L", 240)), .bill)
    let scene = try SubmitScene(sharing: raising)
    #expect(try submit(scene, Self.bills(("I", 200)), .correct).count(.updated) == 1)
    let csv = Self.mixed(
      "correct,I,ZAR,150,2026-01-02,C1,,", "payment-added,I-R1,ZAR,,,,50,P1", "payment-added,I-R2,ZAR,,,,70,P2",
      "correct,L,ZAR,200,2026-01-02,C1,,", "void,L-R1,,,,,,")
    let outcome = try submit(scene, csv, .mixed)
    #expect(outcome.settlement(1)?.reference == "I-R2" && outcome.settlement(2)?.outcome == .conflict)
    #expect(outcome.settlement(3)?.outcome == .updated && outcome.settlement(5)?.outcome == .updated)
    #expect(scene.due == ["I-R2": 150] && scene.paid("I-R1") == 0 && scene.paid("I-R2") == 70)
  }

  @Test func `a void that goes on along its series goes before what stands behind it about another bill`() throws {
    let scene = try Self.scene()
    let series = (1...8).map { "S\($0)" }
    _ = try submit(scene, BillFile.rows(Self.bill, series.map { "\($0),ZAR,240,2026-01-02,C2" }), .bill)
    for due in [200, 190] {
      let corrected = BillFile.rows(Self.bill, series.map { "\($0),ZAR,\(due),2026-01-02,C2" })
      #expect(try submit(scene, corrected, .correct).count(.updated) == 8)
    }
    // Of half of them a payment stands behind it; all bills of the others are voided, the last of them first.
    let rows =
      series.prefix(4).flatMap { ["void,\($0)-R1,,,,,,", "payment-added,\($0)-R2,ZAR,,,,50,P-\($0)"] }
      + series.suffix(4).flatMap { name in ["\(name)-R2", "\(name)-R1", name].map { "void,\($0),,,,,," } }
    let outcome = try submit(
      scene, BillFile.rows("operation," + Self.bill + ",payment_amount,payment_reference", rows), .mixed)
    #expect(outcome.summary.stop == .finished && outcome.count(.conflict) == 4)
    #expect(outcome.count(.updated) == 8 && outcome.count(.unchanged) == 8)
    #expect(scene.due == ["I": 240])
  }

  @Test func `a payment on a bill in another one's place goes before the correction of that one behind it`() throws {
    let raising = try Self.scene()
    #expect(try submit(raising, Self.bills(("I", 200)), .correct).count(.updated) == 1)
    // A ledger that knows neither bill.
    let scene = try SubmitScene(sharing: raising)
    let csv = Self.mixed("payment-added,I-R1,ZAR,,,,50,P1", "correct,I,ZAR,150,2026-01-02,C1,,")
    let outcome = try submit(scene, csv, .mixed)
    #expect(outcome.count(.updated) == 1 && outcome.settlement(2)?.field == "amount_paid")
    #expect(scene.due == ["I-R1": 200] && scene.paid("I-R1") == 50)
  }

  @Test func `a void waits for no row at another bill that is only called as if it stood in its place`() throws {
    let scene = try Self.scene()
    #expect(try submit(scene, Self.bills(("I-R1", 70)), .bill).count(.created) == 1)
    let payment = BillFile.rows("external_reference,currency,amount_paid", ["I-R1,ZAR,50"])
    try leaveOpen(scene, payment, .payment, at: .patch, "/I-R1")
    #expect(try submit(scene, Self.voids("I"), .void).count(.updated) == 1)
    #expect(scene.due == ["I-R1": 70])
    try waits(scene, Self.voids("I-R1"), .void)
    #expect(try submit(scene, payment, .payment).count(.updated) == 1)
    #expect(scene.paid("I-R1") == 50)
  }

  @Test func `what a bill waits for is named by the first, and asked for once`() throws {
    var awaited = AwaitedBills(areThere: true)
    var asked = 0
    for number in 1...3 {
      awaited.note("I-\(number)") {
        asked += 1
        return "a.csv"
      }
      #expect(awaited.words?.contains("(\(number == 1 ? "" : "the first of them ")I-1, of a.csv)") == true)
    }
    var barred = BarredRows()
    for _ in 1...3 {
      barred.note {
        asked += 1
        return FileIdentity(digest: SHA256Digest(hashing: "b"), name: "b.csv", byteCount: 1)
      }
    }
    #expect(asked == 2 && barred.words?.contains("3 rows") == true)
  }
}

extension SubmitScene {
  /// What is due on each bill of the sandbox that isn't voided.
  fileprivate var due: [String: Int] {
    let references = references
    return sandbox.state.withLock { state in
      let objects = state.calls.objects
      return references.reduce(into: [:]) { found, name in
        guard let serial = objects.find(.bill, named: name) else { return }
        let bill = objects.bills[Int(serial)]
        if bill.status != .voided { found[name] = Int(bill.amountDue) }
      }
    }
  }
}
