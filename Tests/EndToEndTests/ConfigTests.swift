import Foundation
import Testing

@Suite(.fewAtATime)
struct ConfigTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace, key: nil)
  }

  @Test func `every mistake is told with its line and its path`() async throws {
    let file = try workspace.write(
      """
      { // comments are allowed
        "limit": {},
        "limits": {"quiet": ["22:00-22:00"], "zone": "Nowhere/Town"},
        "feeds": {
          "a": {"drop": {"path": "d"}, "files": "(", "layout": "none.json"},
          "b": {"drop": {"path": "d"}, "order": {}, "complete": {"by": "done-file", "seconds": 3}},
          "c": {"expect": {"time": "6:00"}},
        },
      }
      """, to: "bad.json")
    let result = try await billdrop.run("config", "check", file)
    #expect(result.status == 78)
    let lines = result.output.split(separator: "\n")
    for (line, path) in [
      (2, "/limit "), (3, "/limits/quiet "), (3, "/limits/zone "), (5, "/feeds/a/files "), (5, "/feeds/a/layout "),
      (6, "/feeds/b/order "), (6, "/feeds/b/complete/seconds "), (7, "/feeds/c "), (7, "/feeds/c/expect/time "),
    ] {
      #expect(lines.contains { $0.contains("bad.json:\(line): \(path)") }, "\(line) \(path)\n\(result.output)")
    }
  }

  @Test func `one without mistakes is told its feeds, and paths count from its folder`() async throws {
    let file = try workspace.write(
      #"{"feeds": {"a": {"drop": {"path": "d"}, "layout": "default"}}}"#, to: "good.json")
    let result = try await billdrop.run("config", "check", file)
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(result.output.contains("1 feed: a"))
    let missing = try await billdrop.run("config", "check", workspace.path("no.json"))
    #expect(missing.status == 66)
  }
}
