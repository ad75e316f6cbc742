import Foundation
import Testing

/// What `billdrop doctor` says of drops on a server.
@Suite(.fewAtATime)
struct SFTPDoctorTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  @Test func `a host key is taken on first use only where that is asked for, and a changed one never`() async throws {
    let place = try await SFTPPlace(workspace, billdrop)
    let configuration = try place.configure()
    try "".write(toFile: place.server.knownHosts, atomically: true, encoding: .utf8)
    let strange = try await billdrop.run("doctor", "--config", configuration)
    #expect(strange.status == 69, "\(strange.output)")
    #expect(strange.output.contains("SHA256:"))
    #expect(try String(contentsOfFile: place.server.knownHosts, encoding: .utf8).isEmpty)

    let taken = try await billdrop.run("doctor", "--config", configuration, "--trust-on-first-use")
    #expect(taken.status == 0, "\(taken.output)")
    let line = try String(contentsOfFile: place.server.knownHosts, encoding: .utf8)
    #expect(line.hasPrefix("[127.0.0.1]:\(place.server.port) "))
    #expect(line.split(separator: "\n").count == 1)
    try place.put(BillFile.text(rows: 2), as: "a.csv")
    #expect(try await place.run(configuration).status == 0)

    try await place.server.change(hostKeys: [try place.server.makeKey("other", "ed25519")])
    let changed = try await billdrop.run("doctor", "--config", configuration, "--trust-on-first-use")
    #expect(changed.status == 69, "\(changed.output)")
    #expect(try String(contentsOfFile: place.server.knownHosts, encoding: .utf8) == line)
    #expect(try await billdrop.run("doctor", "--trust-on-first-use").status == 64)
  }
}
