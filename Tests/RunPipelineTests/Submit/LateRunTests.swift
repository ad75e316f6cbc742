import BillLedger
import BillModel
import BillSubmission
import Synchronization
import Testing

@testable import RunPipeline
@testable import SandboxServer

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
  fileprivate func paid(_ reference: String) -> Int64? {
    sandbox.state.withLock { state in
      let objects = state.calls.objects
      return objects.find(.bill, named: reference).map { Int64(objects.bills[Int($0)].amountPaid) }
    }
  }

  fileprivate func balance(_ reference: String) -> Int64? {
    sandbox.state.withLock { state in
      let objects = state.calls.objects
      return objects.find(.customer, named: reference).flatMap { objects.customers[Int($0)].balance }
    }
  }
}
