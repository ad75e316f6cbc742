import BillLedger
import BillModel
import BillSubmission
import HTTPServing
import Synchronization
import Testing
import Transport

@testable import SandboxServer
@testable import SubmitPass

/// Files that add to sums, against a sandbox where requests land late: after their row was settled, and later ones were
/// added.
@Suite(.serialized, .timeLimit(.minutes(5))) struct LateRunTests {
  private static let bills = "external_reference,currency,amount_due,bill_date,customer.external_reference"

  private static func options(_ scope: SubmitScope = .all) -> SubmitOptions {
    var options = SubmitOptions(policy: RetryPolicy(base: 5, longest: 40, tries: 14))
    options.scope = scope
    return options
  }

  private static func scene() throws -> SubmitScene {
    try SubmitScene {
      $0.stall = 400
      $0.seed = 11
    }
  }

  /// Submits a file until it is through, whatever lands meanwhile.
  private func finish(
    _ scene: SubmitScene, _ csv: String, _ name: String, _ kind: OperationKind
  ) throws -> SubmitScene.Outcome {
    var outcome = try scene.submit(csv, name: name, options: Self.options(), order: FileOrder(kind))
    for _ in 0..<60 where !outcome.fileRun.isFinished {
      outcome = try scene.submit(csv, name: name, options: Self.options(), order: FileOrder(kind))
    }
    return outcome
  }

  /// Settles the files until the sums are right; how many settlings that took, `nil` where they never are.
  private func settle(
    _ scene: SubmitScene, _ files: [(csv: String, name: String)], _ kind: OperationKind, until isRight: () -> Bool
  ) throws -> Int? {
    for count in 0..<200 {
      if isRight() { return count }
      for file in files {
        _ = try scene.submit(file.csv, name: file.name, options: Self.options(.unknown), order: FileOrder(kind))
      }
    }
    return nil
  }

  @Test func `payments that land late take nothing back for good, and none is added twice`() throws {
    let scene = try Self.scene()
    _ = try scene.submit(BillFile.rows(Self.bills, (0..<8).map { "L\($0),ZAR,100000,2026-02-01,C\($0)" }))
    try scene.set(faults: "late=0.2")
    let files = (0..<4).map { file in
      (
        csv: BillFile.rows(
          "external_reference,currency,payment_amount,payment_reference",
          (0..<24).map { "L\($0 % 8),ZAR,\(1 << file),P\(file)-\($0)" }), name: "f\(file).csv"
      )
    }
    var takenBack = 0
    for file in files {
      let outcome = try finish(scene, file.csv, file.name, .paymentAdded)
      #expect(outcome.count(.updated) + outcome.count(.unchanged) == 24, "\(file.name)")
      takenBack += outcome.rows.filter { $0.code == .paymentTakenBack }.count
    }
    try scene.set(faults: "late=0")
    // Three payments of each of the four files on every bill.
    let expected = Int64(3 * (1 + 2 + 4 + 8))
    let settlings = try settle(scene, files, .paymentAdded) {
      (0..<8).allSatisfy { scene.paid("L\($0)") == expected }
    }
    #expect(settlings != nil, "\((0..<8).map { scene.paid("L\($0)") ?? -1 }), \(takenBack) told")
    // The same payments in another file.
    let again = try finish(scene, files[0].csv + "\n", "again.csv", .paymentAdded)
    #expect(again.count(.unchanged) == 24)
  }

  @Test func `credits that land late take nothing back for good, and none is added twice`() throws {
    let scene = try Self.scene()
    scene.negativeBills = .balance
    try scene.set(faults: "late=0.2")
    let files = (0..<4).map { file in
      (
        csv: BillFile.rows(
          Self.bills,
          (0..<18).map { "CR\(file)-\($0),ZAR,-\(1 << file),2026-02-01,D\($0 % 6)" }), name: "c\(file).csv"
      )
    }
    for file in files {
      let outcome = try finish(scene, file.csv, file.name, .bill)
      let accepted = [RowOutcome.created, .updated, .unchanged].map { outcome.count($0) }.reduce(0, +)
      #expect(accepted == 18, "\(file.name)")
    }
    try scene.set(faults: "late=0")
    let settlings = try settle(scene, files, .bill) { (0..<6).allSatisfy { scene.balance("D\($0)") == -45 } }
    #expect(settlings != nil, "\((0..<6).map { scene.balance("D\($0)") ?? 0 })")
  }

  /// Submits a file of one row whose first PATCH is lost on its way, and repeated.
  private func submitLosing(_ scene: SubmitScene, _ csv: String, _ name: String, _ kind: OperationKind) throws {
    try lose(scene, csv, name, kind)
    #expect(try finish(scene, csv, name, kind).fileRun.isFinished)
  }

  private func lose(_ scene: SubmitScene, _ csv: String, _ name: String, _ kind: OperationKind) throws {
    let losing = Mutex(true)
    let attempt = try scene.prepare(
      csv, name: name, options: Self.options(), order: FileOrder(kind),
      watching: { _, _, requests in
        let isLost = losing.withLock { losing in
          guard losing, requests.contains(where: { $0.method == "PATCH" }) else { return false }
          losing = false
          return true
        }
        try? scene.set(faults: isLost ? "drop-before=1" : "")
      })
    _ = try attempt.run.run()
    #expect(losing.withLock { !$0 })
  }

  /// Submits a file of one row, and loses all from its first PATCH on, so that what became of it stays unknown.
  private func leaveOpen(
    _ scene: SubmitScene, _ csv: String, _ name: String, faults: String, addsToOtherMarks: Bool = false
  ) throws {
    var options = SubmitOptions(policy: RetryPolicy(base: 5, longest: 10, tries: 3))
    options.addsToOtherMarks = addsToOtherMarks
    let attempt = try scene.prepare(
      csv, name: name, options: options, order: FileOrder(.paymentAdded),
      watching: { _, _, requests in
        if requests.contains(where: { $0.method == "PATCH" }) { try? scene.set(faults: faults) }
      })
    _ = try attempt.run.run()
    try scene.set(faults: "")
    #expect(try attempt.ledger.counts(of: attempt.fileRun).unresolved == 1)
  }

  @Test func `rule 16: while a landed addition has no answer, another file's row is not sent, and not judged`() throws {
    let scene = try Self.scene()
    _ = try scene.submit(BillFile.rows(Self.bills, ["L0,ZAR,100000,2026-02-01,C0"]))
    let first = BillFile.rows(Self.added, ["L0,ZAR,500,P1"])
    try leaveOpen(scene, first, "a.csv", faults: "drop-after=1")
    #expect(scene.paid("L0") == 500)
    let second = BillFile.rows(Self.added, ["L0,ZAR,10,P2"])
    let early = try scene.submit(second, name: "b.csv", options: Self.options(), order: FileOrder(.paymentAdded))
    #expect(early.rows.isEmpty && !early.fileRun.isFinished)
    #expect(try finish(scene, first, "a.csv", .paymentAdded).count(.updated) == 1)
    #expect(try finish(scene, second, "b.csv", .paymentAdded).count(.updated) == 1)
    #expect(scene.paid("L0") == 510)
  }

  @Test func `rule 16: a row that was sent by leave is gone on with without it`() throws {
    let scene = try Self.scene()
    _ = try scene.submit(BillFile.rows(Self.bills, ["L0,ZAR,100000,2026-02-01,C0"]))
    _ = try finish(scene, BillFile.rows(Self.added, ["L0,ZAR,500,P1"]), "a.csv", .paymentAdded)
    for (faults, name, paid) in [("drop-before=1", "b", Int64(500)), ("drop-after=1", "c", 520)] {
      let other = try SubmitScene(sharing: scene)
      let file = BillFile.rows(Self.added, ["L0,ZAR,10,\(name)"])
      try leaveOpen(other, file, name, faults: faults, addsToOtherMarks: true)
      #expect(scene.paid("L0") == paid)
      #expect(try finish(other, file, name, .paymentAdded).count(.updated) == 1)
    }
    #expect(scene.paid("L0") == 520)
  }

  private static let added = "external_reference,currency,payment_amount,payment_reference"

  @Test func `rule 16: a lost addition that lands after its sum was set as a whole is put right`() throws {
    let scene = try Self.scene()
    _ = try scene.submit(BillFile.rows(Self.bills, ["L0,ZAR,100000,2026-02-01,C0"]))
    let first = BillFile.rows(Self.added, ["L0,ZAR,500,P1"])
    try submitLosing(scene, first, "a.csv", .paymentAdded)
    let setting = BillFile.rows("external_reference,currency,amount_paid", ["L0,ZAR,2000"])
    _ = try finish(scene, setting, "b.csv", .payment)
    let late = #"{"amount_paid":500,"currency":"ZAR","metadata":{"billdrop_payment":"P1"}}"#
    scene.patch("/billing/bills/L0", late)
    #expect(scene.paid("L0") == 500)
    _ = try scene.submit(first, name: "a.csv", options: Self.options(.unknown), order: FileOrder(.paymentAdded))
    #expect(scene.paid("L0") == 2_000)
    scene.patch("/billing/bills/L0", late)
    let next = try finish(scene, BillFile.rows(Self.added, ["L0,ZAR,10,P2"]), "c.csv", .paymentAdded)
    #expect(scene.paid("L0") == 2_010)
    #expect(next.rows.first?.code == .paymentTakenBack)
  }

  @Test func `rule 16: a lost credit that lands after its balance was set as a whole is put right`() throws {
    let scene = try Self.scene()
    scene.negativeBills = .balance
    _ = try scene.submit(BillFile.rows(Self.bills, ["L0,ZAR,100000,2026-02-01,C0"]))
    try submitLosing(scene, BillFile.rows(Self.bills, ["CR1,ZAR,-500,2026-02-01,C0"]), "a.csv", .bill)
    let setting = BillFile.rows(
      "customer.external_reference,customer.currency,customer.balance", ["C0,ZAR,5000"])
    _ = try finish(scene, setting, "b.csv", .customerBalance)
    #expect(scene.balance("C0") == 5_000)
    scene.patch(
      "/billing/customers/C0", #"{"balance":-500,"currency":"ZAR","metadata":{"billdrop_credit":"CR1"}}"#)
    let next = try finish(scene, BillFile.rows(Self.bills, ["CR2,ZAR,-10,2026-02-01,C0"]), "c.csv", .bill)
    #expect(scene.balance("C0") == 4_990)
    #expect(next.rows.first?.code == .balanceTakenBack)
  }

  @Test func `rule 16: what was noted as paid of a new bill, and lands late, takes no payment back`() throws {
    let scene = try Self.scene()
    let bills = "external_reference,currency,amount_due,amount_paid,bill_date,customer.external_reference"
    try submitLosing(scene, BillFile.rows(bills, ["L0,ZAR,100000,40,2026-02-01,C0"]), "a.csv", .bill)
    _ = try finish(scene, BillFile.rows(Self.added, ["L0,ZAR,500,P1"]), "b.csv", .paymentAdded)
    #expect(scene.paid("L0") == 540)
    scene.patch("/billing/bills/L0", #"{"amount_paid":40,"currency":"ZAR"}"#)
    #expect(scene.paid("L0") == 40)
    let next = try finish(scene, BillFile.rows(Self.added, ["L0,ZAR,10,P2"]), "c.csv", .paymentAdded)
    #expect(scene.paid("L0") == 550)
    #expect(next.rows.first?.code == .paymentTakenBack)
  }

  @Test func `another ledger's additions are not added to, unless that is asked for`() throws {
    let scene = try SubmitScene()
    _ = try scene.submit(BillFile.rows(Self.bills, ["L0,ZAR,1000,2026-02-01,C0"]))
    let heading = "external_reference,currency,payment_amount,payment_reference"
    _ = try finish(scene, BillFile.rows(heading, ["L0,ZAR,10,P1"]), "a.csv", .paymentAdded)
    let other = try SubmitScene(sharing: scene)
    let refused = try finish(other, BillFile.rows(heading, ["L0,ZAR,10,P2"]), "b.csv", .paymentAdded)
    #expect(refused.settlement(1)?.code == .paymentUnknownMark && scene.paid("L0") == 10)
    var options = Self.options()
    (options.addsToOtherMarks, options.retriesRefused) = (true, true)
    let added = try other.submit(
      BillFile.rows(heading, ["L0,ZAR,10,P2"]), name: "b.csv", options: options, order: FileOrder(.paymentAdded))
    #expect(added.count(.updated) == 1 && scene.paid("L0") == 20)
    // And now it is the first ledger that doesn't know what was added last.
    let first = try finish(scene, BillFile.rows(heading, ["L0,ZAR,10,P3"]), "c.csv", .paymentAdded)
    #expect(first.settlement(1)?.code == .paymentUnknownMark && scene.paid("L0") == 20)
  }
}

extension LedgerRow {
  fileprivate var code: FindingCode? {
    guard case .settled(let settlement) = state else { return nil }
    return settlement.code
  }
}

extension SubmitScene {
  fileprivate func balance(_ reference: String) -> Int64? {
    sandbox.state.withLock { state in
      let objects = state.calls.objects
      return objects.find(.customer, named: reference).flatMap { objects.customers[Int($0)].balance }
    }
  }
}
