import Foundation
import Testing

/// Drops of one configuration keep out of each other's way.
@Suite(.fewAtATime)
struct SeveralDropsTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  @Test func `a drop that isn't there keeps nobody from the others, and is told until it is there`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let place = try DropPlace(workspace, billdrop, sandbox)
    let configuration = try workspace.write(
      """
      {"api": {"endpoint": "\(sandbox.endpoint)"}, "ledger": "ledger.sqlite", "reports": "reports",
       "notify": {"on_problem": ["tee", "-a", "told.json"]},
       "feeds": {"gone": {"drop": {"path": "gone"}, "complete": {"seconds": 0.2}},
                 "here": {"drop": {"path": "drop"}, "complete": {"seconds": 0.2}}}}
      """, to: "several.json")
    try place.put(BillFile.text(rows: 5), as: "a.csv")
    let first = try await place.run(configuration)
    #expect(first.status == 69, "\(first.errors)")
    #expect(first.errors.contains("gone/inbound"))
    #expect(place.names("archive") == ["a.csv"])
    #expect(try await place.run(configuration).status == 69)
    #expect(try told() == 1)

    try FileManager.default.createDirectory(
      atPath: workspace.path("gone/inbound"), withIntermediateDirectories: true)
    #expect(try await place.run(configuration).status == 0)
    try FileManager.default.removeItem(atPath: workspace.path("gone"))
    #expect(try await place.run(configuration).status == 69)
    #expect(try told() == 2)
  }

  @Test func `two drops that are one folder by a link are refused before anything is claimed`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let place = try DropPlace(workspace, billdrop, sandbox)
    try FileManager.default.createSymbolicLink(
      atPath: workspace.path("alias"), withDestinationPath: workspace.path("drop"))
    let configuration = try workspace.write(
      """
      {"api": {"endpoint": "\(sandbox.endpoint)"}, "ledger": "ledger.sqlite", "reports": "reports", "feeds": {
        "a": {"drop": {"path": "drop"}, "complete": {"seconds": 0.2}, "canary": {"rows": 1, "then": "wait"}},
        "b": {"drop": {"path": "alias"}, "complete": {"seconds": 0.2}}}}
      """, to: "several.json")
    try place.put(BillFile.text(rows: 5), as: "a.csv")
    let result = try await place.run(configuration)
    #expect(result.status == 78, "\(result.output)\(result.errors)")
    #expect(result.errors.contains("the drops of a and b are one folder"), "\(result.errors)")
    #expect(place.names("inbound") == ["a.csv"] && place.claimed.isEmpty)
  }

  /// How often somebody was told of a problem.
  private func told() throws -> Int {
    try String(contentsOfFile: workspace.path("told.json"), encoding: .utf8).split(separator: "\n").count
  }
}
