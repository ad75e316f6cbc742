import Foundation
import Testing

/// A ledger that an older version left behind goes on under this one.
@Suite(.fewAtATime) struct LedgerUpgradeTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  /// The first version's ledger, as it stood when its process was killed in the middle of `first-night.csv`.
  private func firstLedger(for sandbox: Sandbox) throws -> String {
    let folder = Place.package.appending(path: "scripts/lib/package")
    let sql = try String(contentsOf: folder.appending(path: "first-ledger.sql"), encoding: .utf8)
    _ = try workspace.write("", to: "ledger.sqlite")
    try LedgerText(workspace.ledger).run(sql.replacing("http://127.0.0.1:8080", with: sandbox.endpoint))
    let file = workspace.path("first-night.csv")
    try FileManager.default.copyItem(atPath: folder.appending(path: "first-night.csv").path, toPath: file)
    return file
  }

  @Test func `a file that the first version was killed in is finished, each bill once`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let file = try firstLedger(for: sandbox)
    let ledger = LedgerText(workspace.ledger)
    #expect(try ledger.column("PRAGMA user_version") == ["1"])
    let known = try #require(Int(ledger.column("SELECT count(*) FROM file_row WHERE state = 10")[0]))
    let doubtful = try #require(Int(ledger.column("SELECT count(*) FROM file_row WHERE state IN (0, 1)")[0]))
    #expect(known > 0 && doubtful > 0 && known + doubtful < 120, "\(known) settled, \(doubtful) in doubt")
    let result = try await billdrop.submit(file, to: sandbox)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try result.summary().outcomes["created"] == 120)
    // The sandbox is a new one: what was settled before is not there, and must not be sent again.
    #expect(try await sandbox.state().objects.bills == 120 - known)
    #expect(try await billdrop.submit(file, to: sandbox).status == 0)
    #expect(try await sandbox.state().objects.bills == 120 - known)
    #expect(try ledger.column("SELECT count(*) FROM bill") == ["120"])
  }

  @Test func `status reads a ledger of an older version, and the next run goes on with it`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let file = try firstLedger(for: sandbox)
    let observer = Billdrop(workspace: workspace, key: nil)
    let result = try await observer.run(["status", "--ledger", workspace.ledger])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("first-night.csv"), "\(result.output)")
    #expect(try await billdrop.submit(file, to: sandbox).status == 0)
  }

  @Test func `rows whose request another version wrote say when they can be settled`() async throws {
    let sandbox = try await Sandbox(in: workspace, "--faults", "503=1")
    let file = try workspace.write(BillFile.text(rows: 20), to: "bills.csv")
    let program = try billdrop.start(billdrop.submitArguments(file, endpoint: sandbox.endpoint))
    while program.isRunning, try await sandbox.state().faults["503"] ?? 0 < 10 {
      try await Task.sleep(for: .milliseconds(5))
    }
    program.signal(SIGKILL)
    #expect(try await program.wait() == .signalled(9))
    try await sandbox.setFaults("503=0")
    try LedgerText(workspace.ledger).run("UPDATE file_row SET body = zeroblob(32) WHERE state = 0")
    let stopped = try await billdrop.submit(file, to: sandbox)
    #expect(stopped.status == 75)
    let words = "its request was written by another version of billdrop"
    #expect(stopped.output.contains(words) && stopped.output.contains(" UTC)"), "\(stopped.output)")
    let rows = try workspace.report(of: "bills.csv", command: "submit").table("rows.csv")
    let unknown = rows.rows.filter { $0["outcome"] == "unknown" }
    #expect(!unknown.isEmpty && unknown.allSatisfy { $0["message"]?.contains(words) ?? false }, "\(rows.rows)")
    let status = try await billdrop.run("status", "--ledger", workspace.ledger, "--format", "json")
    #expect(status.output.contains(words), "\(status.output)")
  }
}
