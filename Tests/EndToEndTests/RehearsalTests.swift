import Foundation
import Testing

/// Rehearsals: the real file, the real pipeline, a stand-in of their own.
@Suite(.fewAtATime)
struct RehearsalTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    try FileManager.default.createDirectory(
      at: workspace.folder.appending(path: "tmp"), withIntermediateDirectories: true)
    billdrop = Billdrop(workspace: workspace, key: nil, environment: ["TMPDIR": workspace.path("tmp")])
  }

  private struct Rehearsed: Decodable {
    struct Figures: Decodable {
      struct Requests: Decodable {
        let sent: Int
        let per_second: Double
        let seconds: Double
      }
      struct Parties: Decodable, Equatable {
        var customers: Int
        var accounts: Int
      }
      let requests: Requests
      let created: Parties
      let known: Parties
    }
    let rehearsal: Figures
  }

  private func figures(_ result: Billdrop.Result) throws -> Rehearsed.Figures {
    try JSONDecoder().decode(Rehearsed.self, from: Data(result.output.utf8)).rehearsal
  }

  /// What is left in the temporary folder.
  private var left: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: workspace.path("tmp")) }
  }

  /// The stand-ins under way that this workspace's rehearsals have started, by what Linux says of processes.
  private var standIns: Int {
    let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return processes.filter { id in
      let line = (try? Data(contentsOf: URL(filePath: "/proc/\(id)/cmdline"))) ?? Data()
      return line.range(of: Data(workspace.path("tmp").utf8)) != nil
        && line.range(of: Data("moment-sandbox".utf8)) != nil
    }.count
  }

  @Test func `it tells requests, parties, money and the time at the limit, and leaves nothing`() async throws {
    let file = try workspace.write(BillFile.text(rows: 60) { $0 == 7 }, to: "bills.csv")
    let result = try await billdrop.run("rehearse", file, "--rate", "50", "--fast", "--format", "json")
    #expect(result.status == 1, "\(result.output)\(result.errors)")
    let summary = try result.summary()
    #expect(summary.command == "rehearse")
    #expect(summary.nonzeroOutcomes == ["created": 59, "rejected": 1])
    let figures = try figures(result)
    #expect(figures.requests.sent == 59)
    #expect(figures.requests.per_second == 50)
    #expect(abs(figures.requests.seconds - 59.0 / 50) < 0.01)
    #expect(figures.created == .init(customers: 20, accounts: 20))
    #expect(try left.isEmpty)
    #expect(standIns == 0)
    #expect(!FileManager.default.fileExists(atPath: workspace.path("billdrop-reports")))
  }

  @Test func `with faults every row still ends created, and the report is kept where it is asked for`() async throws {
    let file = try workspace.write(BillFile.text(rows: 90), to: "bills.csv")
    let result = try await billdrop.run(
      "rehearse", file, "--rate", "500", "--faults", "drop-after=0.05,503=0.05,429=0.05", "--seed", "7", "--reports",
      workspace.reports, "--format", "json")
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    let report = try workspace.report(of: "bills.csv", command: "rehearse")
    #expect(try report.table("rows.csv").column("outcome").allSatisfy { $0 == "created" })
    #expect(try report.summary().requests.retried > 0)
    #expect(try figures(result).requests.sent > 90)
    #expect(try left.isEmpty)
  }

  @Test func `parties that the ledger knows are there, and the ledger stays as it was`() async throws {
    let real = Billdrop(workspace: workspace)
    let sandbox = try await Sandbox(in: workspace)
    let first = try workspace.write(BillFile.text(rows: 30), to: "first.csv")
    #expect(try await real.submit(first, to: sandbox).status == 0)
    let rows = try LedgerCopy.number("SELECT count(*) FROM file_row", ledger: workspace.ledger, in: workspace)
    let second = BillFile.text(rows: 60).replacingOccurrences(of: "\nB-", with: "\nD-")
    let file = try workspace.write(second, to: "second.csv")
    let result = try await billdrop.run(
      "rehearse", file, "--fast", "--ledger", workspace.ledger, "--format", "json")
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    let figures = try figures(result)
    #expect(figures.known == .init(customers: 10, accounts: 10))
    #expect(figures.created == .init(customers: 10, accounts: 10))
    #expect(figures.requests.sent == 60)
    #expect(try LedgerCopy.number("SELECT count(*) FROM file_row", ledger: workspace.ledger, in: workspace) == rows)
    #expect(try await sandbox.state().objects.bills == 30)
  }

  @Test(arguments: [SIGINT, SIGTERM]) func `interrupted it leaves nothing behind`(signal: Int32) async throws {
    let file = try workspace.write(BillFile.text(rows: 3_000), to: "bills.csv")
    let program = try billdrop.start(["rehearse", file, "--rate", "50", "--format", "json"])
    let deadline = ContinuousClock.now + .seconds(30)
    while standIns == 0, ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(20)) }
    try await Task.sleep(for: .milliseconds(700))
    program.signal(signal)
    #expect(try await program.wait(atMost: .seconds(40)) == .exited(75), "\(program.errorText())")
    #expect(try left.isEmpty)
    #expect(standIns == 0)
  }

  @Test func `killed, its stand-in ends with it`() async throws {
    let file = try workspace.write(BillFile.text(rows: 3_000), to: "bills.csv")
    let program = try billdrop.start(["rehearse", file, "--rate", "50"])
    let deadline = ContinuousClock.now + .seconds(30)
    while standIns == 0, ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(20)) }
    #expect(standIns == 1)
    program.signal(SIGKILL)
    try await program.wait()
    let end = ContinuousClock.now + .seconds(10)
    while standIns > 0, ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(20)) }
    #expect(standIns == 0)
  }

  @Test func `faults that nobody knows, and a sandbox that isn't there, are told`() async throws {
    let file = try workspace.write(BillFile.text(rows: 3), to: "bills.csv")
    let fault = try await billdrop.run("rehearse", file, "--faults", "nonsense=1")
    #expect(fault.status == 78)
    #expect(fault.errors.contains("nonsense=1"), "\(fault.errors)")
    let missing = try await billdrop.run("rehearse", file, "--sandbox", "no-such-program")
    #expect(missing.status == 78)
    #expect(missing.errors.contains("no-such-program"))
    #expect(try left.isEmpty)
  }
}
