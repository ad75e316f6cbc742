import BillLedger
import BillModel
import MomentAPI
import SandboxServer
import Testing

@testable import SubmitPass

@Suite(.timeLimit(.minutes(2))) struct FailureBudgetTests {
  private static func problem(_ title: String, _ detail: String = "x") -> Problem {
    Problem(status: 422, title: title, detail: detail)
  }

  @Test func `fifty in a row of one kind are too many, whatever they say of each row`() {
    var budget = FailureBudget(most: nil, refused: 1_000)
    for index in 1..<50 { budget.refused(Self.problem("no", "row \(index)")) }
    #expect(budget.verdict == nil)
    budget.refused(Self.problem("no"))
    #expect(budget.verdict == .refusedInARow(50, kind: "HTTP 422: no"))
  }

  @Test func `another kind, or a row accepted between, begins the row again`() {
    var budget = FailureBudget(most: nil, refused: 0)
    for _ in 0..<10 {
      for _ in 0..<49 { budget.refused(Self.problem("no")) }
      budget.accepted()
      for _ in 0..<49 { budget.refused(Self.problem("never")) }
    }
    #expect(budget.verdict == nil)
  }

  @Test func `a stated most holds over all runs of a file, and alone`() {
    var budget = FailureBudget(most: 60, refused: 5)
    for _ in 0..<55 { budget.refused(Self.problem("no")) }
    #expect(budget.verdict == nil)
    budget.refused(Self.problem("no"))
    #expect(budget.verdict == .tooManyRefused(refused: 61, most: 60))
  }

  /// Bills of an account that nobody has, with a good one every so often.
  private static func file(_ rows: Int, goodEvery: Int = .max) -> String {
    BillFile.rows(
      "external_reference,currency,amount_due,bill_date,account,customer.external_reference",
      (1...rows).map { row in
        row.isMultiple(of: goodEvery)
          ? "B\(row),ZAR,100,2026-01-02,,C\(row)" : "B\(row),ZAR,100,2026-01-02,bacc_none,"
      })
  }

  @Test func `a file that goes wrong stops, and what is in flight still counts`() throws {
    let scene = try SubmitScene()
    let outcome = try scene.submit(Self.file(5_000), options: SubmitOptions(inFlight: 8))
    guard case .refusedInARow(let rows, _) = outcome.summary.stop else {
      Issue.record("\(outcome.summary.stop)")
      return
    }
    #expect(rows >= 50)
    #expect((50...1_000).contains(outcome.count(.refused)))
    #expect(outcome.fileRun.rows.unresolved == 0)
    #expect(!outcome.fileRun.isFinished)
    #expect(scene.requests == outcome.count(.refused))
  }

  @Test func `a stated most stops it, a run later stops at once, and a higher one goes on to the end`() throws {
    let scene = try SubmitScene()
    let csv = Self.file(600, goodEvery: 2)
    func submit(most: Int) throws -> SubmitScene.Outcome {
      try scene.submit(csv, options: SubmitOptions(inFlight: 4, lookAhead: 4, mostRefused: most))
    }
    let first = try submit(most: 20)
    guard case .tooManyRefused(_, 20) = first.summary.stop else {
      Issue.record("\(first.summary.stop)")
      return
    }
    #expect((21...60).contains(first.count(.refused)))
    let requests = scene.requests
    let second = try submit(most: 20)
    guard case .tooManyRefused = second.summary.stop else {
      Issue.record("\(second.summary.stop)")
      return
    }
    #expect(scene.requests == requests)
    let third = try submit(most: 300)
    #expect(third.summary.stop == .finished)
    #expect(third.count(.created) == 300)
    #expect(third.count(.refused) == 300)
    #expect(scene.requests == 600)
  }
}
