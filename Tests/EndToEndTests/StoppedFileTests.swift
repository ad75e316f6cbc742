import Foundation
import Testing

/// Files that are submitted by name and stop: why is told until they are through, on the page and in `billdrop status` alike.
@Suite(.fewAtATime) struct StoppedFileTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace, environment: ["COLUMNS": "400"])
  }

  private var index: String {
    get throws { try String(contentsOfFile: workspace.reports + "/index.html", encoding: .utf8) }
  }

  private func submit(_ file: String, _ sandbox: Sandbox, key: String? = Billdrop.key) async throws -> Billdrop.Result {
    try await Billdrop(workspace: workspace, key: key, environment: billdrop.environment).run(
      "submit", file, "--endpoint", sandbox.endpoint, "--ledger", workspace.ledger, "--reports", workspace.reports)
  }

  private func status(_ words: String...) async throws -> String {
    try await billdrop.run(["status"] + words + ["--ledger", workspace.ledger]).output
  }

  @Test func `a key that is refused is told as that, and why a file stopped until it is through`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let file = try workspace.write(BillFile.text(rows: 20), to: "bills.csv")
    let refused = try await submit(file, sandbox, key: "sk_test_other")
    #expect(refused.status == 77)
    #expect(refused.output.contains("bills.csv: stopped, the API refused the key"), "\(refused.output)")
    #expect(refused.output.contains("Give the right one") && !refused.output.contains("run the same command"))
    for known in [try await status(), try await status("bills.csv")] {
      #expect(known.contains("1 thing needs somebody") && known.contains("The API refused the key"), "\(known)")
    }
    #expect(try index.contains("1 thing needs somebody") && index.contains("The API refused the key"))
    for named in [file, "bills.csv"] {
      let report = try await billdrop.run(
        "report", named, "--ledger", workspace.ledger, "--reports", workspace.path("again"), "--format", "json")
      #expect(report.output.contains("The API refused the key"), "\(report.output)")
    }
    #expect(try await submit(file, sandbox).status == 0)
    let through = try await status()
    #expect(!through.contains("needs somebody") && !through.contains("refused the key"), "\(through)")
    #expect(try index.contains("All is well"))
  }

  @Test(arguments: ["sent:1", "handed:2"])
  func `a file whose run was killed needs somebody, by status and page alike`(_ moment: String) async throws {
    let sandbox = try await Sandbox(in: workspace)
    let file = try workspace.write(BillFile.text(rows: 200), to: "killed.csv")
    var dying = billdrop
    dying.environment["BILLDROP_CRASH_AT"] = moment
    let program = try dying.start(billdrop.submitArguments(file, endpoint: sandbox.endpoint))
    #expect(try await program.wait() == .signalled(9))
    let other = try workspace.write(BillFile.text(rows: 2, prefix: "O"), to: "other.csv")
    #expect(try await submit(other, sandbox).status == 0)
    let known = try await status()
    #expect(known.contains("1 thing needs somebody") && known.contains("killed.csv: not through"), "\(known)")
    #expect(try index.contains("1 thing needs somebody") && index.contains("killed.csv"))
    #expect(try await submit(file, sandbox).status == 0)
    #expect(try index.contains("All is well"))
  }

  @Test(arguments: ["sent:1", "settled:1"])
  func `a file whose pass was killed needs somebody until another pass has taken it up`(_ moment: String) async throws {
    let place = try DropPlace(workspace, billdrop, try await Sandbox(in: workspace))
    let configuration = try place.configure()
    try place.put(BillFile.text(rows: 200), as: "killed.csv")
    var dying = billdrop
    dying.environment["BILLDROP_CRASH_AT"] = moment
    let program = try dying.start(["run", "--config", configuration])
    #expect(try await program.wait() == .signalled(9))
    let known = try await billdrop.run("status", "--config", configuration).output
    #expect(known.contains("1 thing needs somebody") && known.contains("nightly killed.csv: not through"), "\(known)")
    #expect(known.contains("billdrop run --config \(configuration) goes on with it"), "\(known)")
    #expect(try await billdrop.run("status", "killed.csv", "--config", configuration).output.contains("not through"))
    #expect(try await place.run(configuration).status == 0)
    let through = try await billdrop.run("status", "--config", configuration).output
    #expect(through.contains("needs   nobody"), "\(through)")
    #expect(try index.contains("All is well"))
  }

  @Test func `a file that a pass is at needs nobody`() async throws {
    let place = try DropPlace(workspace, billdrop, try await Sandbox(in: workspace, "--latency", "2000"))
    let configuration = try place.configure()
    try place.put(BillFile.text(rows: 300), as: "a.csv")
    let program = try billdrop.start(["run", "--config", configuration])
    while program.isRunning, try await place.sandbox.state().objects.bills < 1 {
      try await Task.sleep(for: .milliseconds(10))
    }
    let known = try await billdrop.run("status", "--config", configuration, "--format", "json").output
    #expect(program.isRunning && known.contains(#""needs":[]"#), "\(known)")
    #expect(try await program.wait() == .exited(0), "\(program.errorText())")
  }

  private struct Progress: Decodable {
    let stage: String
    let rows: Int
    let other_runs: Int?
    let outcomes: [String: Int]?
  }

  @Test func `told to end it says at once what it waits for, and the next run's figures add up`() async throws {
    let sandbox = try await Sandbox(in: workspace, "--latency", "2000")
    let file = try workspace.write(BillFile.text(rows: 1_000) { $0 == 7 }, to: "bills.csv")
    let program = try billdrop.start(billdrop.submitArguments(file, endpoint: sandbox.endpoint, rate: 40))
    while program.isRunning, try await sandbox.state().objects.bills < 20 {
      try await Task.sleep(for: .milliseconds(20))
    }
    program.signal(SIGINT)
    let told = ContinuousClock.now
    while program.isRunning, !program.errorText().contains("stopping: ") {
      try await Task.sleep(for: .milliseconds(5))
    }
    #expect(ContinuousClock.now - told < .milliseconds(1_900), "before the answers have come")
    #expect(try await program.wait() == .exited(75))
    let words = program.errorText()
    let stopping = words.firstMatch(of: /billdrop: stopping: (\d+) requests? under way, whose answers are waited for/)
    // What waits for its turn was never sent: of 40 a second no more than 40 are.
    #expect(try (1...40).contains(#require(stopping.flatMap { Int($0.1) })), "\(words)")
    let again = try await billdrop.submit(file, to: sandbox, "--progress", "json")
    #expect(again.status == 1, "\(again.errors)")
    let lines = again.errors.split(separator: "\n").compactMap {
      try? JSONDecoder().decode(Progress.self, from: Data($0.utf8))
    }.filter { $0.stage == "sending" }
    for line in lines {
      #expect(line.rows == (line.outcomes ?? [:]).values.reduce(0, +) + (line.other_runs ?? 0), "\(line)")
    }
    let last = try #require(lines.last)
    #expect(last.rows == 1_000 && last.other_runs ?? 0 >= 20, "\(last)")
  }
}
