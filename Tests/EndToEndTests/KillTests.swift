import Foundation
import SeededRandoms
import Testing

/// Killed at any instant and started again, it goes on: nothing lost, nothing twice.
@Suite(.fewAtATime)
struct KillTests {
  static let rows = 5_000
  static let kills = 20
  static let faults = ["drop-before", "drop-after", "500-after", "503", "429", "half", "garbage"]

  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  /// Every 97th row is invalid.
  static func isBad(_ row: Int) -> Bool { row % 97 == 0 }

  @Test func `killed at 20 random moments, every row is created once and reported once`() async throws {
    let given = ProcessInfo.processInfo.environment["BILLDROP_SEED"].flatMap(UInt64.init)
    var random = SeededRandom(seed: given ?? UInt64.random(in: 1...999_999))
    print("KillTests: seed \(random.seed) (BILLDROP_SEED=\(random.seed) repeats it)")
    let sandbox = try await Sandbox(
      in: workspace, "--latency", "8", "--faults", Self.faults.map { "\($0)=0.01" }.joined(separator: ","), "--seed",
      String(random.seed))
    let file = try workspace.write(BillFile.text(rows: Self.rows, isBad: Self.isBad), to: "july.csv")
    // Slow enough that a fast machine doesn't end the run before it is killed.
    let arguments = billdrop.submitArguments(file, endpoint: sandbox.endpoint, rate: 800) + ["--in-flight", "64"]

    var unresolved: [Int] = []
    var created = 0
    for kill in 1...Self.kills {
      // A twenty-fourth of what is left to do at a time leaves something to kill to the end.
      let step = (Self.rows - created) / (Self.kills + 4 - kill)
      let target = created + Int.random(in: 1...max(2 * step - 20, 2), using: &random)
      let extra = Duration.microseconds(Int.random(in: 0...20_000, using: &random))
      let program = try billdrop.start(arguments)
      created = try await killWhenCreated(target, then: extra, program, sandbox)
      unresolved.append(try LedgerCopy.unresolvedIntents(workspace.ledger, in: workspace))
    }
    print("KillTests: unresolved intents after each kill: \(unresolved), bills by then \(created)")
    #expect(unresolved.filter { $0 > 0 }.count >= 15)

    var result = try await billdrop.run(arguments, limit: .seconds(180))
    var resumed = 1
    while result.status == 75, resumed < 10 {
      result = try await billdrop.run(arguments, limit: .seconds(180))
      resumed += 1
    }
    print("KillTests: finished after \(resumed) more runs, status \(result.status)")
    #expect(result.status == 1, "\(result.errors)")
    try await expectEverythingOnce(sandbox, summary: result.summary())
  }

  /// Kills the run when the sandbox has `target` bills; returns how many it has then.
  private func killWhenCreated(_ target: Int, then extra: Duration, _ program: Program, _ sandbox: Sandbox)
    async throws -> Int
  {
    let deadline = ContinuousClock.now + .seconds(60)
    while program.isRunning, ContinuousClock.now < deadline, try await sandbox.state().objects.bills < target {
      try await Task.sleep(for: .milliseconds(3))
    }
    try await Task.sleep(for: extra)
    program.signal(SIGKILL)
    let ending = try await program.wait()
    #expect(
      ending == .signalled(9), "it ended before it could be killed: \(program.outputText())\(program.errorText())")
    return try await sandbox.state().objects.bills
  }

  private func expectEverythingOnce(_ sandbox: Sandbox, summary: SummaryFile) async throws {
    let good = (1...Self.rows).filter { !Self.isBad($0) }
    let money = good.map(BillFile.amount).reduce(0, +)

    let state = try await sandbox.state()
    print(
      "KillTests: faults that struck \(state.faults.sorted { $0.key < $1.key }), stored answers given again \(state.replays)"
    )
    #expect(Set(state.faults.filter { $0.value > 0 }.keys) == Set(Self.faults))
    #expect(state.replays > 0)
    let bills = try await sandbox.bills()
    #expect(bills.count == good.count)
    #expect(Set(bills.map(\.external_reference)) == Set(good.map { "B-\($0)" }))
    #expect(bills.map(\.amount_due).reduce(0, +) == money)

    let report = try workspace.report(of: "july.csv", command: "submit")
    let rows = try report.table("rows.csv")
    #expect(rows.column("record") == (1...Self.rows).map(String.init))
    let ids = Dictionary(bills.map { ($0.external_reference, $0.id) }) { first, _ in first }
    for row in rows.rows {
      let isBad = Self.isBad(Int(row["record"] ?? "") ?? 0)
      #expect(row["outcome"] == (isBad ? "rejected" : "created"), "\(row)")
      if !isBad { #expect(row["id"] == ids[row["external_reference"] ?? ""], "\(row)") }
    }

    #expect(summary.records.read == Self.rows)
    #expect(summary.nonzeroOutcomes == ["created": good.count, "rejected": Self.rows - good.count])
    #expect(summary.money["ZAR"]?["created"] == money)
    #expect(try report.summary() == summary)
  }
}
