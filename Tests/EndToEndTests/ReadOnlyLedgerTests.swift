import Foundation
import Testing

/// A ledger that is looked at where nothing can be written.
@Suite(.fewAtATime, .enabled(if: ReadOnlyFolder.isAllowed, "only root may mount")) struct ReadOnlyLedgerTests {
  private let workspace: Workspace
  private let billdrop: Billdrop
  private let sandbox: Sandbox

  init() async throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
    sandbox = try await Sandbox(in: workspace)
  }

  private var kept: String { workspace.path("kept #1/ledger.sqlite") }

  /// Copies the ledger, with its log where it has one, to a folder that is read-only then.
  private func keep() throws -> ReadOnlyFolder {
    let folder = workspace.path("kept #1")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: workspace.ledger + suffix) {
      try FileManager.default.copyItem(atPath: workspace.ledger + suffix, toPath: kept + suffix)
    }
    return try ReadOnlyFolder(folder)
  }

  @Test func `what only reads it works as anywhere`() async throws {
    let file = try workspace.write(BillFile.text(rows: 20), to: "bills.csv")
    #expect(try await billdrop.submit(file, to: sandbox).status == 0)
    let folder = try keep()
    defer { folder.free() }
    let status = try await billdrop.run("status", "--ledger", kept)
    #expect(status.status == 0, "\(status.errors)")
    #expect(status.output.contains("bills.csv"), "\(status.output)")
    let reports = workspace.path("again")
    let report = try await billdrop.run("report", file, "--ledger", kept, "--reports", reports, "--format", "json")
    #expect(report.status == 0, "\(report.errors)")
    #expect(try report.summary().nonzeroOutcomes == ["created": 20])
    let named = try await billdrop.run("report", "bills.csv", "--ledger", kept, "--reports", reports)
    #expect(named.status == 0, "\(named.errors)")
    let connection = ["--endpoint", sandbox.endpoint, "--ledger", kept]
    let look = try await billdrop.run(["settle", file, "--look"] + connection)
    #expect(look.status == 0, "\(look.errors)")
    let verified = try await billdrop.run(["verify", file] + connection)
    #expect(verified.status == 0, "\(verified.errors)")
    let receipt = try workspace.report(of: "bills.csv", command: "submit").folder.path + "/receipt.json"
    let proved = try await billdrop.run("verify", file, "--receipt", receipt, "--ledger", kept)
    #expect(proved.status == 0, "\(proved.output)\(proved.errors)")
    let counting = try await billdrop.run(["verify", file, "--daily", "100"] + connection)
    #expect(counting.status == 78)
    #expect(counting.errors.contains("each request is counted in it"), "\(counting.errors)")
    let planned = try await billdrop.run(["plan", file, "--reports", reports] + connection)
    #expect(planned.status == 0, "\(planned.errors)")
    #expect(planned.output.contains("was done already"), "\(planned.output)")
    let other = try workspace.write(BillFile.text(rows: 5, prefix: "P"), to: "others.csv")
    let foreseen = try await billdrop.run(["plan", other, "--format", "json"] + connection)
    #expect(foreseen.status == 0, "\(foreseen.errors)")
    let submitted = try await billdrop.run(["submit", file, "--reports", reports] + connection)
    #expect(submitted.status == 78)
    #expect(submitted.errors.contains("can't be written"), "\(submitted.errors)")
  }

  @Test func `where its log has more than the file, it says what to do`() async throws {
    let file = try workspace.write(BillFile.text(rows: 1_000), to: "bills.csv")
    let program = try billdrop.start(billdrop.submitArguments(file, endpoint: sandbox.endpoint, rate: 200))
    while program.isRunning, try await sandbox.state().objects.bills < 20 {
      try await Task.sleep(for: .milliseconds(5))
    }
    program.signal(SIGKILL)
    #expect(try await program.wait() == .signalled(9))
    let folder = try keep()
    defer { folder.free() }
    let status = try await billdrop.run("status", "--ledger", kept)
    #expect(status.status == 78)
    #expect(status.errors.contains("its -wal has what isn't in it yet"), "\(status.errors)")
  }
}

/// A folder that nobody can write, as long as it isn't freed; only root may make one.
private struct ReadOnlyFolder {
  private let path: String

  init(_ path: String) throws {
    self.path = path
    guard Self.system("mount", "--bind", path, path), Self.system("mount", "-o", "remount,ro,bind", path) else {
      throw TestFault("no read-only mount at \(path)")
    }
  }

  func free() { _ = Self.system("umount", path) }

  static let isAllowed: Bool = {
    let path = FileManager.default.temporaryDirectory.appending(path: "billdrop-mount-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    guard (try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)) != nil,
      let folder = try? ReadOnlyFolder(path)
    else { return false }
    folder.free()
    return true
  }()

  private static func system(_ command: String...) -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
