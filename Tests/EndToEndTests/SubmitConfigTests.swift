import Foundation
import Testing

/// `billdrop submit --config`: files by name, by what a configuration says of their feed.
@Suite(.fewAtATime)
struct SubmitConfigTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  private func configure(_ sandbox: Sandbox, feeds: String) throws -> String {
    try workspace.write(
      """
      {"api": {"endpoint": "\(sandbox.endpoint)"}, "limits": {"rate": 2000}, "ledger": "led/ger.sqlite",
       "reports": "out", "merchant": "city"\(feeds.isEmpty ? "" : ", \"feeds\": {\(feeds)}")}
      """, to: "billdrop.json")
  }

  private static let feeds = #"""
    "daily": {"drop": {"path": "d"}, "files": "daily_.*", "canary": {"rows": 2, "then": "wait"}},
    "betrag": {"drop": {"path": "d"}, "files": "b_.*", "layout": "betrag.json", "guard": "off", "reports": "else"}
    """#

  @Test func `a file goes by its feed: layout, ledger, reports, canary; options go before it`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    try FileManager.default.copyItem(atPath: Place.sample("layouts/betrag.json"), toPath: workspace.path("betrag.json"))
    let configuration = try configure(sandbox, feeds: Self.feeds)
    let file = try workspace.write(BillFile.text(rows: 6), to: "daily_1.csv")
    let held = try await billdrop.run("submit", file, "--config", configuration, "--format", "json")
    #expect(held.status == 4, "\(held.errors)")
    #expect(try await sandbox.state().objects.bills == 2)
    #expect(FileManager.default.fileExists(atPath: workspace.path("led/ger.sqlite")))
    #expect(try FileManager.default.contentsOfDirectory(atPath: workspace.path("out")).contains("index.html"))
    let digest = String(try #require(held.summary().file.sha256).prefix(12))
    let gone = try await billdrop.run(
      "submit", file, "--config", configuration, "--approve", digest, "--reports", "mine", "--format", "json")
    #expect(gone.status == 0, "\(gone.errors)")
    #expect(try await sandbox.state().objects.bills == 6)
    #expect(FileManager.default.fileExists(atPath: workspace.path("mine")))
    // The same feed by its name; whatever it is called.
    let other = try workspace.write(BillFile.text(rows: 3, prefix: "X"), to: "odd.csv")
    let named = try await billdrop.run("submit", other, "--config", configuration, "--feed", "daily")
    #expect(named.status == 4, "\(named.errors)")
    let planned = try await billdrop.run("plan", file, "--config", configuration)
    #expect(planned.status == 0, "\(planned.errors)")
    let settled = try await billdrop.run("settle", file, "--config", configuration)
    #expect(settled.errors.contains("nothing to settle"), "\(settled.errors)")
    // Another layout: a file of ours has none of its headings.
    let wrong = try workspace.write(BillFile.text(rows: 2), to: "b_1.csv")
    let rejected = try await billdrop.run("submit", wrong, "--config", configuration)
    #expect(rejected.status == 65, "\(rejected.output)")
    #expect(FileManager.default.fileExists(atPath: workspace.path("else")))
  }

  @Test func `a file of no feed or of several is told, with what to say`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    try FileManager.default.copyItem(atPath: Place.sample("layouts/betrag.json"), toPath: workspace.path("betrag.json"))
    let configuration = try configure(sandbox, feeds: Self.feeds)
    for (name, more, words) in [
      ("odd.csv", [], "No feed of \(configuration) takes a file named"),
      ("daily_1.csv", ["b_1.csv"], "belong to several feeds, daily and betrag"),
      ("daily_1.csv", ["--feed", "weekly"], "has no feed weekly; it has daily, betrag"),
    ] as [(String, [String], String)] {
      for name in [name] + more.filter({ $0.hasSuffix(".csv") }) {
        _ = try workspace.write(BillFile.text(rows: 2), to: name)
      }
      let result = try await billdrop.run(["submit", name, "--config", configuration] + more)
      #expect(result.status == 78)
      #expect(result.errors.contains(words), "\(result.errors)")
    }
    #expect(try await sandbox.state().requests.isEmpty)
    let without = try await billdrop.run("submit", workspace.path("odd.csv"), "--feed", "daily")
    #expect(without.status == 78 && without.errors.contains("--config"))
  }

  @Test func `without feeds the top of the configuration is gone by`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let configuration = try configure(sandbox, feeds: "")
    let file = try workspace.write(BillFile.text(rows: 3), to: "any.csv")
    let result = try await billdrop.run("submit", file, "--config", configuration)
    #expect(result.status == 0, "\(result.errors)")
    #expect(FileManager.default.fileExists(atPath: workspace.path("led/ger.sqlite")))
    // The ledger is the merchant's that the configuration names.
    let alone = try await billdrop.run(
      "submit", file, "--endpoint", sandbox.endpoint, "--ledger", workspace.path("led/ger.sqlite"))
    #expect(alone.status == 78, "\(alone.errors)")
  }
}
