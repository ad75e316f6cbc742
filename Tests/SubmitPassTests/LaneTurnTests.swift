import BillLedger
import BillModel
import BillSubmission
import Synchronization
import Testing

@testable import SandboxServer
@testable import SubmitPass

/// Rows that have waited for another one about their object: what the ledger knows of them is asked as of any row.
@Suite(.serialized, .timeLimit(.minutes(1))) struct LaneTurnTests {
  private static let heading =
    "operation,external_reference,currency,amount_due,bill_date,account.external_reference,"
    + "account.customer.external_reference,account.currency,account.balance"

  private static func options(_ scope: SubmitScope = .all) -> SubmitOptions {
    var options = SubmitOptions(policy: RetryPolicy(base: 5, longest: 100, tries: 14))
    options.scope = scope
    return options
  }

  private static func credit(_ reference: String, _ amount: Int, _ currency: String = "ZAR") -> String {
    "bill,\(reference),\(currency),\(amount),2026-01-02,A1,C1,,"
  }

  @Test(arguments: [("ZAR", -11, RowOutcome.unchanged), ("ZAR", -7, .conflict), ("USD", -11, .conflict)])
  func `a credit behind its party's own row, under a reference that is used, ends as it would alone`(
    _ currency: String, _ amount: Int, _ outcome: RowOutcome
  ) throws {
    let scene = try SubmitScene()
    scene.negativeBills = .balance
    let first = BillFile.rows(Self.heading, [Self.credit("K0", -11)])
    #expect(try scene.submit(first, options: Self.options(), order: FileOrder(.mixed)).count(.created) == 1)
    let second = BillFile.rows(
      Self.heading, ["account-balance,,,,,A1,C1,ZAR,500", Self.credit("K0", amount, currency)])
    #expect(try Self.foreseen(scene, second)[2]?.outcome == outcome)
    let end = try scene.submit(second, options: Self.options(), order: FileOrder(.mixed))
    #expect(end.settlement(1)?.outcome == .updated)
    #expect(end.settlement(2)?.outcome == outcome && end.settlement(2)?.confirmedBy == .ledger)
    #expect(scene.balance(ofAccount: "A1") == 500)
  }

  private static func foreseen(_ scene: SubmitScene, _ csv: String) throws -> PlannedRows {
    let plan = try scene.prepare(csv, options: options(.plan), order: FileOrder(.mixed))
    _ = try plan.run.run()
    return plan.run.foresight.rows
  }

  @Test func `rule 16: rows that end at once by the ledger, one behind the other, let the next go`() throws {
    let scene = try SubmitScene()
    scene.negativeBills = .balance
    let names = (0..<300).map { "K\($0)" }
    let first = BillFile.rows(Self.heading, names.map { Self.credit($0, -1) })
    #expect(try scene.submit(first, options: Self.options(), order: FileOrder(.mixed)).fileRun.isFinished)
    let rows = ["account-balance,,,,,A1,C1,ZAR,500"] + names.map { Self.credit($0, -1) } + [Self.credit("L", -3)]
    let before = scene.requests
    let end = try scene.submit(BillFile.rows(Self.heading, rows), options: Self.options(), order: FileOrder(.mixed))
    #expect(end.count(.unchanged) == 300 && end.count(.updated) == 2 && end.fileRun.isFinished)
    #expect(scene.balance(ofAccount: "A1") == 497)
    #expect(scene.requests - before < 10)
  }
}

extension SubmitScene {
  fileprivate func balance(ofAccount reference: String) -> Int64? {
    sandbox.state.withLock { state in
      let objects = state.calls.objects
      return objects.find(.account, named: reference).flatMap { objects.accounts[Int($0)].balance }
    }
  }
}
