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
