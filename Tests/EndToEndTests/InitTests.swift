import Foundation
import Testing

/// `billdrop init`: what it writes works as it stands, but for the endpoint.
@Suite(.fewAtATime) struct InitTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  private func start(_ use: String, for sandbox: Sandbox) async throws {
    let made = try await billdrop.run("init", use, workspace.path("site"))
    #expect(made.status == 0, "\(made.errors)")
    #expect(made.output.contains("For a first try send them nowhere"), "\(made.output)")
    let config = workspace.path("site/billdrop.json")
    let text = try String(contentsOfFile: config, encoding: .utf8)
    #expect(text.contains("https://api.momentpay.net"))
    let changed = text.replacing("https://api.momentpay.net", with: sandbox.endpoint)
      .replacing("\"seconds\": 5", with: "\"seconds\": 0.2")
    try Data(changed.utf8).write(to: URL(filePath: config))
    let checked = try await billdrop.run("config", "check", config)
    #expect(checked.status == 0, "\(checked.output)")
    let healthy = try await billdrop.run("doctor", "--config", config)
    #expect(healthy.status == 0, "\(healthy.output)")
  }

  private func run(_ file: String) async throws -> Billdrop.Result {
    let name = URL(filePath: file).lastPathComponent
    try FileManager.default.copyItem(
      atPath: workspace.path("site/\(file)"), toPath: workspace.path("site/drop/inbound/\(name)"))
    return try await billdrop.run("run", "--config", workspace.path("site/billdrop.json"))
  }

  @Test func `the nights begin with a drop, and their example file is billed`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    try await start("nightly", for: sandbox)
    let result = try await run("example/bills_2026-02-01.csv")
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(try await sandbox.state().due == ["ZAR": 158_950])
    #expect(try FileManager.default.contentsOfDirectory(atPath: workspace.path("site/drop/archive")).count == 1)
    #expect(FileManager.default.fileExists(atPath: workspace.path("site/reports/index.html")))
  }

  @Test func `a migration begins with a rehearsal, and its example file is billed`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    try await start("migration", for: sandbox)
    let layout = workspace.path("site/legacy.layout.json")
    let example = workspace.path("site/example.csv")
    #expect(try await billdrop.run("layout", "check", layout, example).status == 0)
    #expect(try await billdrop.run("rehearse", example, "--layout", layout, "--fast").status == 0)
    let result = try await run("example.csv")
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(try await sandbox.state().due == ["ZAR": 226_550])
  }

  @Test func `a check begins with a layout alone, and its example file is good`() async throws {
    let offline = Billdrop(workspace: workspace, key: nil)
    #expect(try await offline.run("init", "validation", workspace.path("site")).status == 0)
    let layout = workspace.path("site/bills.layout.json")
    let example = workspace.path("site/example.csv")
    #expect(try await offline.run("layout", "check", layout, example).status == 0)
    let result = try await offline.run("validate", example, "--layout", layout)
    #expect(result.status == 0, "\(result.output)")
  }

  @Test func `what is there already is never changed, and a use that isn't one is told`() async throws {
    let taken = try workspace.write("mine", to: "bills.layout.json")
    let result = try await billdrop.run("init", "validation", workspace.folder.path)
    #expect(result.status == 78 && result.errors.contains("is there already; nothing was written"))
    #expect(try String(contentsOfFile: taken, encoding: .utf8) == "mine")
    #expect(!FileManager.default.fileExists(atPath: workspace.path("example.csv")))
    let wrong = try await billdrop.run("init", "nihgtly")
    #expect(wrong.status == 64 && wrong.errors.contains("Did you mean nightly?"))
  }
}
