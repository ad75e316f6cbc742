import Foundation
import Testing

/// A server that renames over what is there, and whose disk can be full.
@Suite(.fewAtATime, .enabled(if: OddSFTPServer.canBeMade))
struct SFTPOddServerTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  @Test(arguments: [false, true])
  func `a file that is held is not replaced by the next one of its name, which waits`(watches: Bool) async throws {
    let place = try await SFTPPlace(workspace, billdrop)
    try await place.server.change(program: OddSFTPServer.make(in: workspace))
    let feed = #""canary": {"rows": 1, "then": "wait"}, "deliver": {"files": []}"#
    let configuration = try place.configure(feed, top: #""poll": 0.2"#)
    try place.put(BillFile.text(rows: 5), as: "a.csv")
    let first = try await place.run(configuration)
    #expect(first.status == 4, "\(first.output)\(first.errors)")
    let digits = try #require(first.output.firstMatch(of: /--approve ([0-9a-f]{12})/)?.1)
    let held = try String(contentsOfFile: try #require(place.claim(of: "a.csv")), encoding: .utf8)
    let next = BillFile.text(rows: 2, prefix: "N")
    try place.put(next, as: "a.csv")
    if watches {
      let program = try billdrop.start(["run", "--config", configuration, "--watch"])
      try await Task.sleep(for: .seconds(3))
      program.signal(SIGTERM)
      _ = try await program.wait(atMost: .seconds(60))
    } else {
      #expect(try await place.run(configuration).status == 4)
    }
    #expect(try String(contentsOfFile: try #require(place.claim(of: "a.csv")), encoding: .utf8) == held)
    #expect(try String(contentsOfFile: place.path("inbound/a.csv"), encoding: .utf8) == next)
    let result = try await place.run(configuration, "--approve", String(digits))
    #expect(place.names("archive").contains("a.csv"), "\(result.output)\(result.errors)")
    #expect(!place.names("inbound").contains("a.csv"), "what came next is taken in the same pass: \(result.output)")
  }

  @Test func `where the server's disk is full each file says so, the others go on, and all is put away later`()
    async throws
  {
    let place = try await SFTPPlace(workspace, billdrop)
    try await place.server.change(program: OddSFTPServer.make(in: workspace))
    let configuration = try place.configure()
    for name in ["a", "b", "c"] { try place.put(BillFile.text(rows: 3, prefix: name.uppercased()), as: "\(name).csv") }
    let full = try workspace.write("", to: OddSFTPServer.fullName)
    let result = try await place.run(configuration)
    #expect(result.status == 74, "\(result.output)\(result.errors)")
    #expect(result.output.contains("took no more bytes"), "\(result.output)\(result.errors)")
    #expect(!(result.output + result.errors).contains("connection to the server was lost"), "\(result.errors)")
    #expect(try await place.sandbox.state().objects.bills == 9)
    #expect(place.claimed.filter { !$0.hasPrefix(".") } == ["a.csv", "b.csv", "c.csv"])
    try FileManager.default.removeItem(atPath: full)
    let second = try await place.run(configuration)
    #expect(second.status == 0, "\(second.output)\(second.errors)")
    #expect(place.names("archive") == ["a.csv", "b.csv", "c.csv"])
    #expect(try await place.sandbox.state().objects.bills == 9)
  }
}
