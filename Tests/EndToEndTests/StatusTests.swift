import Foundation
import Testing

/// `billdrop status` and `billdrop report`: what somebody learns who wasn't there.
@Suite(.fewAtATime) struct StatusTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace, environment: ["COLUMNS": "100"])
  }

  private struct Answer: Decodable {
    struct Ledger: Decodable {
      struct Now: Decodable {
        let file: String
        let stage: String
        let done: Int
        let total: Int?
        let rows_per_second: Double
        let requests_per_second_limit: Double?
        let seconds_left: Double?
      }
      struct File: Decodable {
        let name: String
        let verdict: String?
        let finished: Bool
        let outcomes: [String: Int]
      }
      let now: Now?
      let files: [File]
    }
    let ledgers: [Ledger]
  }

  private func status(_ more: String...) async throws -> Answer.Ledger {
    let observer = Billdrop(workspace: workspace, key: nil)
    let result = try await observer.run(["status", "--ledger", workspace.ledger, "--format", "json"] + more)
    #expect(result.status == 0, "\(result.errors)")
    return try #require(try JSONDecoder().decode(Answer.self, from: Data(result.output.utf8)).ledgers.first)
  }

  @Test func `another process sees what runs, how fast, and how long it will take`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let file = try workspace.write(BillFile.text(rows: 5_000) { _ in false }, to: "long.csv")
    let program = try billdrop.start(billdrop.submitArguments(file, endpoint: sandbox.endpoint, rate: 200))
    var seen: Answer.Ledger?
    for _ in 0..<200
    where seen?.now?.stage != "sending" || seen?.now?.seconds_left == nil || (seen?.now?.done ?? 0) < 100 {
      try await Task.sleep(for: .milliseconds(100))
      if FileManager.default.fileExists(atPath: workspace.ledger) { seen = try await status() }
    }
    let now = try #require(seen?.now)
    #expect(now.file == "long.csv" && now.stage == "sending" && now.total == 5_000)
    #expect(now.done > 0 && now.done < 5_000)
    #expect(now.rows_per_second > 2 && now.rows_per_second < 400)
    #expect(now.requests_per_second_limit == 200)
    #expect(try #require(now.seconds_left) > 0)
    #expect(seen?.files.first?.finished == false)
    program.signal(SIGINT)
    #expect(try await program.wait() == .exited(75))
    let after = try await status("long.csv")
    #expect(after.now == nil)
    #expect(after.files.first?.verdict == "stopped")
    #expect(after.files.first?.outcomes.values.reduce(0, +) == 5_000)
    #expect(!FileManager.default.fileExists(atPath: workspace.ledger + ".status"))
  }

  @Test func `a file that is held is told with its reason, by its name and by its feed`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    for night in 1...5 {
      let file = try workspace.write(BillFile.text(rows: 20, prefix: "N\(night)"), to: "night-\(night).csv")
      #expect(try await billdrop.submit(file, to: sandbox).status == 0)
    }
    let large = try workspace.write(BillFile.text(rows: 300, prefix: "L"), to: "night-6.csv")
    #expect(try await billdrop.submit(large, to: sandbox, "--guard", "hold").status == 4)
    let observer = Billdrop(workspace: workspace, key: nil, environment: ["COLUMNS": "200"])
    let text = try await observer.run("status", "night-6.csv", "--ledger", workspace.ledger).output
    #expect(text.contains("held for approval"))
    #expect(text.contains("rows 300, usual 20, at most "), "\(text)")
    #expect(text.contains("Let it through with --approve "), "\(text)")
    #expect(try await status("default").files.count == 6)
  }

  @Test func `a killed process is not said to run`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let file = try workspace.write(BillFile.text(rows: 5_000) { _ in false }, to: "long.csv")
    let program = try billdrop.start(billdrop.submitArguments(file, endpoint: sandbox.endpoint, rate: 20))
    for _ in 0..<1_200 where !FileManager.default.fileExists(atPath: workspace.ledger + ".status") {
      try await Task.sleep(for: .milliseconds(50))
    }
    program.signal(SIGKILL)
    try await program.wait()
    #expect(FileManager.default.fileExists(atPath: workspace.ledger + ".status"))
    #expect(try await status().now == nil)
  }

  @Test func `a report that was lost is written again, without a key and with nothing sent`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let first = try await billdrop.submit(Place.sample("small.csv"), to: sandbox)
    #expect(first.status == 1)
    let report = try workspace.report(of: "small.csv", command: "submit")
    let rows = try report.text("rows.csv")
    let summary = try report.summary()
    let sent = try await sandbox.state().requests
    try FileManager.default.removeItem(at: report.folder)
    let observer = Billdrop(workspace: workspace, key: nil)
    let result = try await observer.run(
      "report", Place.sample("small.csv"), "--ledger", workspace.ledger, "--reports", workspace.reports)
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(try report.text("rows.csv") == rows)
    #expect(try report.summary().outcomes == summary.outcomes && report.summary().money == summary.money)
    #expect(try report.text("report.html").contains("written again from the ledger"))
    #expect(try await sandbox.state().requests == sent)
  }

  @Test func `names are shown where somebody asks for them, and on that page alone`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let file = try workspace.write(
      """
      external_reference,currency,amount_due,customer.external_reference,customer.name
      INV-1,ZAR,0,C-1,Nomvula Planted
      """, to: "named.csv")
    _ = try await billdrop.submit(file, to: sandbox)
    let report = try workspace.report(of: "named.csv", command: "submit")
    let observer = Billdrop(workspace: workspace, key: nil)
    let words = ["report", file, "--ledger", workspace.ledger, "--reports", workspace.reports]
    #expect(try await observer.run(words).status == 0)
    #expect(try !report.names.contains("report.unmasked.html"))
    #expect(try await observer.run(words + ["--unmask"]).status == 0)
    #expect(try report.text("report.unmasked.html").contains("Nomvula Planted"))
    #expect(try !report.text("report.html").contains("Nomvula"))
    #expect(try await observer.run(words).status == 0)
    #expect(try !report.names.contains("report.unmasked.html"))
  }

  @Test func `of a file in two environments each has its report, and a lost one is written by the ledger named`()
    async throws
  {
    let file = try workspace.write(
      "external_reference,currency,amount_due,customer.external_reference\nA,ZAR,5,C\n", to: "a.csv")
    let sandboxes = [try await Sandbox(in: workspace), try await Sandbox(in: workspace)]
    for (number, sandbox) in sandboxes.enumerated() {
      for _ in 1...2 {
        let result = try await billdrop.run(
          "submit", file, "--endpoint", sandbox.endpoint, "--reports", workspace.reports)
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        let report = try workspace.report(of: "a.csv", command: number == 0 ? "submit" : "submit-2")
        #expect(try report.text("summary.json").contains(sandbox.endpoint))
        #expect(try report.names.contains("receipt.json"))
      }
    }
    let observer = Billdrop(workspace: workspace, key: nil)
    for words in [
      ["report", file, "--reports", workspace.reports], ["report", "a.csv", "--reports", workspace.reports],
    ] {
      let unsure = try await observer.run(words)
      #expect(unsure.status == 78)
      let ledgers = unsure.errors.split(separator: "\n").filter { $0.hasPrefix("  --ledger ") }.map {
        String($0.dropFirst(11))
      }
      #expect(ledgers.count == 2, "\(unsure.errors)")
      for ledger in ledgers { #expect(try await observer.run(words + ["--ledger", ledger]).status == 0) }
    }
    for (command, sandbox) in zip(["submit", "submit-2"], sandboxes) {
      #expect(try workspace.report(of: "a.csv", command: command).text("summary.json").contains(sandbox.endpoint))
    }
  }

  @Test func `where the file is gone the ledger tells what it holds`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    _ = try await billdrop.submit(Place.sample("small.csv"), to: sandbox)
    let observer = Billdrop(workspace: workspace, key: nil)
    let result = try await observer.run(
      "report", "small.csv", "--ledger", workspace.ledger, "--reports", workspace.reports, "--format", "json")
    #expect(result.status == 0, "\(result.errors)")
    let summary = try result.summary()
    #expect(summary.nonzeroOutcomes == ["created": 9, "rejected": 1])
    #expect(summary.money == [:])
    let report = try workspace.report(of: "small.csv", command: "ledger")
    #expect(try report.table("rows.csv").rows.count == 9)
    let absent = try await observer.run("report", "other.csv", "--ledger", workspace.ledger)
    #expect(absent.status == 66)
  }
}
