import BillLedger
import BillModel
import BillSubmission
import Synchronization
import Testing

@testable import SandboxServer
@testable import SubmitPass

/// Files of corrections, and of bills that were paid before, against a sandbox.
@Suite(.serialized, .timeLimit(.minutes(3))) struct CorrectionRunTests {
  private static let options = SubmitOptions(policy: RetryPolicy(base: 5, longest: 100, tries: 14))
  private static let count = 40
  private static let corrections = FileOrder(.correct)

  private func finish(
    _ scene: SubmitScene, _ csv: String, _ order: FileOrder = FileOrder()
  ) throws -> SubmitScene.Outcome {
    var outcome = try scene.submit(csv, options: Self.options, order: order)
    for _ in 0..<30 where !outcome.fileRun.isFinished {
      outcome = try scene.submit(csv, options: Self.options, order: order)
    }
    return outcome
  }

  private static func scene() throws -> SubmitScene {
    let scene = try SubmitScene()
    _ = try scene.submit(file(due: 1000))
    return scene
  }

  private static func file(due: Int) -> String {
    BillFile.rows(
      "external_reference,currency,amount_due,bill_date,account.external_reference,account.customer.external_reference",
      (0..<count).map { "B\($0),ZAR,\(due + $0),2026-01-02,A\($0 % 7),C\($0 % 7)" })
  }

  @Test func `bills are voided and raised again, once each, at whatever turn the process dies`() throws {
    let scene = try Self.scene()
    try scene.set(faults: "drop-after=0.15,drop-before=0.05,503=0.05,429=0.05")
    for turns in stride(from: 1, through: 60, by: 4) {
      let attempt = try scene.prepare(Self.file(due: 2000), options: Self.options, order: Self.corrections)
      for _ in 0..<turns where try attempt.run.turn() {}
    }
    let outcome = try finish(scene, Self.file(due: 2000), Self.corrections)
    #expect(outcome.fileRun.isFinished)
    #expect(outcome.count(.updated) == Self.count)
    #expect(scene.standing == (0..<Self.count).reduce(into: [:]) { $0["B\($1)-R1"] = 2000 + $1 })
    #expect(scene.objects.bills == 2 * Self.count)
    try scene.set(faults: "drop-after=0")
    let second = try finish(scene, Self.file(due: 3000), Self.corrections)
    #expect(second.count(.updated) == Self.count)
    #expect(scene.standing == (0..<Self.count).reduce(into: [:]) { $0["B\($1)-R2"] = 3000 + $1 })
    #expect(try finish(scene, Self.file(due: 3000), Self.corrections).summary.requests.sent == 0)
  }

  @Test func `a bill that is refused after its void is raised by the next run`() throws {
    let scene = try Self.scene()
    try scene.set(faults: "422=0.6")
    var isOpen = false
    var outcome = try scene.submit(Self.file(due: 2000), options: Self.options, order: Self.corrections)
    for _ in 0..<60 where !outcome.fileRun.isFinished {
      isOpen = isOpen || outcome.rows.contains { $0.code == .correctVoidedNotRaised }
      outcome = try scene.submit(Self.file(due: 2000), options: Self.options, order: Self.corrections)
    }
    #expect(isOpen)
    #expect(outcome.fileRun.isFinished)
    #expect(!outcome.rows.contains { $0.code == .correctVoidedNotRaised })
    #expect(outcome.count(.updated) == Self.count)
    #expect(scene.standing == (0..<Self.count).reduce(into: [:]) { $0["B\($1)-R1"] = 2000 + $1 })
  }

  @Test func `rule 16: what another row has raised since isn't voided for one whose own bill was refused`() throws {
    let scene = try Self.scene()
    try scene.set(faults: "422=0.5")
    let first = try scene.submit(Self.file(due: 2000), options: Self.options, order: Self.corrections)
    let open = first.rows.filter { $0.code == .correctVoidedNotRaised }.count
    #expect(open > 0)
    try scene.set(faults: "422=0")
    _ = try finish(scene, Self.file(due: 3000), Self.corrections)
    let standing = scene.standing
    #expect(standing.values.sorted() == (0..<Self.count).map { 3000 + $0 })
    let again = try finish(scene, Self.file(due: 2000), Self.corrections)
    #expect(again.summary.requests.sent == 0)
    #expect(again.count(.conflict) == open)
    #expect(scene.standing == standing)
  }

  private static let billHeading = "external_reference,currency,amount_due,bill_date,customer.external_reference"

  @Test func `rule 16: a bill that is only called as if it had taken a voided one's place is left as it is`() throws {
    let scene = try SubmitScene()
    let bills = ["I,ZAR,10,2026-01-02,C1", "I-R1,ZAR,70,2026-01-02,C2"]
    let siblings = ["J,ZAR,10,2026-01-02,C1", "J-R1,USD,70,2026-01-02,C1"]
    let alike = ["K,ZAR,10,2026-01-02,C1", "K-R1,ZAR,70,2026-01-02,C1"]
    let corrected = ["L,ZAR,10,2026-01-02,C1"]
    let elsewhere = ["M,ZAR,10,2026-01-02,C1", "M-R1,ZAR,70,2026-01-02,C1"]
    _ = try scene.submit(BillFile.rows(Self.billHeading, bills + siblings + alike + corrected))
    let other = try SubmitScene(sharing: scene)
    _ = try other.submit(BillFile.rows(Self.billHeading, elsewhere))
    let names = ["I", "J", "K", "L", "M"]
    let voids = FileOrder(.void)
    #expect(try scene.submit(BillFile.rows("external_reference", names), order: voids).count(.updated) == 5)
    let again = try scene.submit(BillFile.rows("external_reference", names + ["I-R1"]), order: voids)
    #expect(again.count(.unchanged) == 4 && again.count(.conflict) == 1 && again.count(.updated) == 1)
    #expect(scene.standing == ["J-R1": 70, "K-R1": 70, "M-R1": 70])
    // Nor is it corrected for the voided one.
    let correction = BillFile.rows(Self.billHeading, ["K,ZAR,5,2026-01-02,C1"])
    #expect(try finish(scene, correction, Self.corrections).count(.conflict) == 1)
    #expect(scene.standing == ["J-R1": 70, "K-R1": 70, "M-R1": 70])
  }

  @Test func `what this ledger raised in a bill's place is voided for it, by a later file and by a later row`() throws {
    let scene = try SubmitScene()
    let bills = ["I", "J"].map { "\($0),ZAR,10,2026-01-02,C1" }
    _ = try scene.submit(BillFile.rows(Self.billHeading, bills))
    let twice = BillFile.rows(Self.billHeading, ["I,ZAR,20,2026-01-02,C1"])
    #expect(try finish(scene, twice, Self.corrections).count(.updated) == 1)
    let thrice = BillFile.rows(Self.billHeading, ["I,ZAR,30,2026-01-02,C1"])
    #expect(try finish(scene, thrice, Self.corrections).count(.updated) == 1)
    #expect(scene.standing == ["I-R2": 30, "J": 10])
    let mixed = BillFile.rows(
      "operation," + Self.billHeading, ["correct,J,ZAR,20,2026-01-02,C1", "void,J,,,,", "void,I,,,,"])
    #expect(try finish(scene, mixed, FileOrder(.mixed)).count(.updated) == 3)
    #expect(scene.standing.isEmpty)
  }

  /// Corrections of `I`, 10 at first, each under the name and with the amount that a file gives it.
  private func corrected(_ scene: SubmitScene, _ rows: (name: String, due: Int)...) throws {
    _ = try scene.submit(BillFile.rows(Self.billHeading, ["I,ZAR,10,2026-01-02,C1"]))
    for row in rows {
      let file = BillFile.rows(Self.billHeading, ["\(row.name),ZAR,\(row.due),2026-01-02,C1"])
      #expect(try finish(scene, file, Self.corrections).count(.updated) == 1)
    }
  }

  @Test(arguments: ["I", "I-R1", "I-R1-R1"])
  func `rule 16: a void ends at no bill of a series that branched while another of it stands`(name: String) throws {
    let scene = try SubmitScene()
    try corrected(scene, ("I", 20), ("I-R1", 30))
    #expect(scene.standing == ["I-R1-R1": 30])
    let voids = BillFile.rows("external_reference", [name])
    #expect(try scene.submit(voids, order: FileOrder(.void)).count(.updated) == 1)
    #expect(scene.standing.isEmpty)
    let again = BillFile.rows("external_reference", [name, "X"])
    #expect(try scene.submit(again, order: FileOrder(.void)).settlement(1)?.outcome == .unchanged)
  }

  @Test func `a void that names a bill of the middle goes on to the one that stands`() throws {
    let scene = try SubmitScene()
    try corrected(scene, ("I", 20), ("I", 30))
    let voids = BillFile.rows("external_reference", ["I-R1"])
    #expect(try scene.submit(voids, order: FileOrder(.void)).count(.updated) == 1)
    #expect(scene.standing.isEmpty)
  }

  @Test func `a correction of a series that branched is a conflict that says whom to name, and that one goes`() throws {
    let scene = try SubmitScene()
    try corrected(scene, ("I", 20), ("I-R1", 30))
    func correct(_ name: String, _ due: Int) throws -> SubmitScene.Outcome {
      try finish(scene, BillFile.rows(Self.billHeading, ["\(name),ZAR,\(due),2026-01-02,C1"]), Self.corrections)
    }
    let conflict = try correct("I", 40)
    #expect(conflict.settlement(1)?.outcome == .conflict)
    #expect(conflict.settlement(1)?.message?.hasSuffix("one that names I-R1 corrects what stands") == true)
    #expect(scene.standing == ["I-R1-R1": 30])
    #expect(try correct("I-R1", 40).count(.updated) == 1)
    #expect(scene.standing == ["I-R1-R2": 40])
    // Of the middle of a series, the same.
    let other = try SubmitScene()
    try corrected(other, ("I", 20), ("I", 30))
    let file = BillFile.rows(Self.billHeading, ["I-R1,ZAR,50,2026-01-02,C1"])
    let middle = try finish(other, file, Self.corrections)
    #expect(middle.settlement(1)?.message?.hasSuffix("one that names I corrects what stands") == true)
    #expect(other.standing == ["I-R2": 30])
  }

  @Test func `what was paid before is noted once, at whatever turn the process dies`() throws {
    let scene = try SubmitScene()
    let csv = BillFile.rows(
      "external_reference,currency,amount_due,amount_paid,bill_date,account.external_reference,"
        + "account.customer.external_reference",
      (0..<Self.count).map { "B\($0),ZAR,\(100 + $0),\($0 % 3 == 0 ? "" : "\($0)"),2019-03-04,A\($0 % 7),C\($0 % 7)" })
    try scene.set(faults: "drop-after=0.15,drop-before=0.05,503=0.05,429=0.05")
    for turns in stride(from: 1, through: 60, by: 4) {
      let attempt = try scene.prepare(csv, options: Self.options)
      for _ in 0..<turns where try attempt.run.turn() {}
    }
    let outcome = try finish(scene, csv)
    #expect(outcome.fileRun.isFinished)
    #expect(outcome.count(.created) == Self.count)
    #expect(scene.objects.bills == Self.count)
    #expect(scene.paidAmounts == (0..<Self.count).reduce(into: [:]) { $0["B\($1)"] = $1 % 3 == 0 ? 0 : $1 })
  }
}

extension LedgerRow {
  fileprivate var code: FindingCode? {
    if case .settled(let settlement) = state { settlement.code } else { nil }
  }
}

extension SubmitScene {
  /// What is due on each bill of the sandbox that isn't voided.
  fileprivate var standing: [String: Int] {
    records.filter { $0.value.status != .voided }.mapValues { Int($0.amountDue) }
  }

  fileprivate var paidAmounts: [String: Int] { records.mapValues { Int($0.amountPaid) } }

  private var records: [String: BillRecord] {
    let references = references
    return sandbox.state.withLock { state in
      let objects = state.calls.objects
      return references.reduce(into: [:]) { found, name in
        guard let serial = objects.find(.bill, named: name) else { return }
        found[name] = objects.bills[Int(serial)]
      }
    }
  }
}
