import BillModel
import Testing

@testable import SandboxServer
@testable import SubmitPass

/// Files of customers, of which what was sent before is not sent again.
@Suite(.serialized, .timeLimit(.minutes(1))) struct SkippingRunTests {
  private static let heading = "customer.external_reference,customer.name,customer.email"

  private static func file(_ rows: String...) -> String { BillFile.rows(heading, rows) }

  private func submit(
    _ scene: SubmitScene, _ csv: String, _ kind: OperationKind = .customer, day: Int64? = nil, skips: Bool = true
  ) throws -> SubmitScene.Outcome {
    var options = SubmitOptions()
    options.skipsUnchanged = skips
    return try scene.submit(csv, options: options, order: FileOrder(kind, position: day))
  }

  @Test func `what was sent last is not sent again, what differs is`() throws {
    let scene = try SubmitScene()
    _ = try submit(scene, Self.file("C1,Thandi,", "C2,Sipho,s@example.org"))
    let before = scene.requests
    let second = try submit(scene, Self.file("C2,Sipho,s@example.org", "C1,Thandi,t@example.org"))
    #expect(second.settlement(1)?.outcome == .unchanged && second.settlement(1)?.attempts == 0)
    #expect(second.settlement(2)?.outcome == .updated)
    #expect(scene.requests == before + 1)
    let asked = try submit(scene, Self.file("C1,Thandi,t@example.org", "C3,New,"), skips: false)
    #expect(asked.count(.updated) == 1 && asked.count(.created) == 1)
  }

  @Test func `what --update-parties has changed since isn't what was sent last`() throws {
    let scene = try SubmitScene()
    _ = try submit(scene, Self.file("C1,Thandi,"))
    var options = SubmitOptions()
    options.updatesParties = true
    let heading = "external_reference,currency,amount_due,bill_date,customer.external_reference,customer.name"
    let bills = BillFile.rows(heading, ["B1,ZAR,5,2026-01-02,C1,Beth"])
    #expect(try scene.submit(bills, options: options).count(.created) == 1)
    let back = try submit(scene, Self.file("C1,Thandi,", "C2,X,"))
    #expect(back.settlement(1)?.outcome == .updated)
  }

  @Test func `a balance is always sent, and a name that goes with it counts`() throws {
    let scene = try SubmitScene()
    let heading = "customer.external_reference,customer.name,customer.currency,customer.balance"
    let balance = BillFile.rows(heading, ["C1,Thandi,ZAR,5"])
    _ = try submit(scene, Self.file("C1,Thandi,"))
    #expect(try submit(scene, balance, .customerBalance, day: 1).summary.requests.sent > 0)
    let again = try submit(scene, BillFile.rows(heading, ["C1,Thandi,ZAR,5", "C9,X,ZAR,1"]), .customerBalance, day: 2)
    #expect(again.settlement(1)?.attempts ?? 0 > 0)
    _ = try submit(scene, BillFile.rows(heading, ["C1,Other,ZAR,5", "C8,X,ZAR,1"]), .customerBalance, day: 3)
    let back = try submit(scene, Self.file("C1,Thandi,", "C7,X,"))
    #expect(back.settlement(1)?.outcome == .updated)
  }
}
