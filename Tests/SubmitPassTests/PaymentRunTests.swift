import BillLedger
import BillModel
import BillSubmission
import Synchronization
import Testing

@testable import SandboxServer
@testable import SubmitPass

/// Files of payments and voids against a sandbox with 60 bills.
@Suite(.serialized, .timeLimit(.minutes(2))) struct PaymentRunTests {
  private static let options = SubmitOptions(policy: RetryPolicy(base: 5, longest: 100, tries: 14))

  private static func scene() throws -> SubmitScene {
    let scene = try SubmitScene()
    _ = try scene.submit(BillFile.bills(60))
    return scene
  }

  /// Three payments of 10 on each bill, mixed.
  private static var added: String {
    BillFile.rows(
      "external_reference,currency,payment_amount,payment_reference",
      (0..<180).map { "B\($0 % 60),ZAR,10,P\($0)" })
  }

  private func finish(
    _ scene: SubmitScene, _ csv: String, _ kind: OperationKind
  ) throws -> SubmitScene.Outcome {
    var outcome = try scene.submit(csv, options: Self.options, order: FileOrder(kind))
    for _ in 0..<20 where !outcome.fileRun.isFinished {
      outcome = try scene.submit(csv, options: Self.options, order: FileOrder(kind))
    }
    return outcome
  }

  @Test func `several payments on a bill are added in their order, once each`() throws {
    let scene = try Self.scene()
    let outcome = try finish(scene, Self.added, .paymentAdded)
    #expect(outcome.count(.updated) == 180)
    #expect(scene.paid == (0..<60).reduce(into: [:]) { $0["B\($1)"] = 30 })
    #expect(try finish(scene, Self.added, .paymentAdded).summary.requests.sent == 0)
  }

  @Test func `what was lost is added once, at whatever turn the process dies`() throws {
    let scene = try Self.scene()
    try scene.set(faults: "drop-after=0.15,drop-before=0.05,503=0.05,429=0.05")
    for turns in stride(from: 1, through: 40, by: 3) {
      let attempt = try scene.prepare(Self.added, options: Self.options, order: FileOrder(.paymentAdded))
      for _ in 0..<turns where try attempt.run.turn() {}
    }
    let outcome = try finish(scene, Self.added, .paymentAdded)
    #expect(outcome.fileRun.isFinished)
    #expect(outcome.count(.updated) + outcome.count(.unchanged) == 180)
    #expect(scene.paid == (0..<60).reduce(into: [:]) { $0["B\($1)"] = 30 })
  }

  @Test func `totals are set as they stand, and never above what is due`() throws {
    let scene = try Self.scene()
    let csv = BillFile.rows("external_reference,currency,amount_paid", ["B0,ZAR,50", "B1,ZAR,101", "B2,ZAR,103"])
    let outcome = try finish(scene, csv, .payment)
    #expect(outcome.count(.updated) == 2)
    #expect(outcome.settlement(3)?.outcome == .conflict)
    #expect(scene.paid["B0"] == 50 && scene.paid["B1"] == 101 && scene.paid["B2"] == 0)
  }

  @Test func `bills are voided once, and those that are paid are not`() throws {
    let scene = try Self.scene()
    _ = try finish(
      scene, BillFile.rows("external_reference,currency,amount_paid", ["B5,ZAR,1"]), .payment)
    try scene.set(faults: "drop-after=0.2,503=0.1")
    let csv = BillFile.rows("external_reference", (0..<10).map { "B\($0)" })
    let outcome = try finish(scene, csv, .void)
    #expect(outcome.count(.updated) + outcome.count(.unchanged) == 9)
    #expect(outcome.settlement(6)?.outcome == .conflict)
    #expect(scene.voided == Set((0..<10).filter { $0 != 5 }.map { "B\($0)" }))
  }
}

extension SubmitScene {
  /// What was paid on each bill of the sandbox.
  fileprivate var paid: [String: Int] { bills.mapValues { Int($0.amountPaid) } }

  fileprivate var voided: Set<String> { Set(bills.filter { $0.value.status == .voided }.keys) }

  private var bills: [String: BillRecord] {
    sandbox.state.withLock { state in
      let objects = state.calls.objects
      return (0..<60).reduce(into: [:]) { found, index in
        guard let serial = objects.find(.bill, named: "B\(index)") else { return }
        found["B\(index)"] = objects.bills[Int(serial)]
      }
    }
  }
}
