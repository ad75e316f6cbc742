import Foundation
import Testing

/// Servers of which nothing is heard any more.
@Suite(.fewAtATime)
struct SFTPSilenceTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  private func place() async throws -> SFTPPlace { try await SFTPPlace(workspace, billdrop) }

  /// What a drop says that waits only so many seconds for the server.
  private func drop(timeout: Int) -> String {
    #""key_file": "ssh/user", "known_hosts": "ssh/known_hosts", "timeout": \#(timeout)"#
  }

  /// From the greeting over the login to the listing: at each place, it ends within the configured time.
  @Test(arguments: [0, 1200, 4200])
  func `a server that accepts and then says nothing is given up, told, and gone on with when it speaks`(
    _ bytes: Int
  ) async throws {
    let place = try await place()
    let relay = try SlowRelay(to: place.server.port)
    try place.server.trust(port: relay.port)
    let configuration = try place.configure(
      drop: drop(timeout: bytes == 0 ? 1 : 3), port: relay.port, name: "silent.json")
    try place.put(BillFile.text(rows: 4), as: "a.csv")
    relay.silence(after: bytes)
    let silent = try await place.run(configuration)
    #expect(relay.isSilent)
    #expect(silent.status == 69, "\(silent.output)\(silent.errors)")
    #expect((silent.output + silent.errors).lowercased().contains("time"), "\(silent.output)\(silent.errors)")
    #expect(place.names("archive").isEmpty)
    relay.speak()
    try place.server.trust()
    let speaking = try await place.run(try place.configure())
    #expect(speaking.status == 0, "\(speaking.output)\(speaking.errors)")
    #expect(place.names("archive") == ["a.csv"])
    #expect(try await place.sandbox.state().objects.bills == 4)
    relay.end()
  }

  @Test func `a server that falls silent in the middle of a file is given up, and the file goes on where it was`()
    async throws
  {
    let place = try await place()
    let relay = try SlowRelay(to: place.server.port, bytesPerSecond: 2 << 20)
    try place.server.trust(port: relay.port)
    let configuration = try place.configure(SFTPPlace.wide, port: relay.port)
    let impatient = try place.configure(
      drop: drop(timeout: 4), SFTPPlace.wide, port: relay.port, name: "impatient.json")
    try place.putWide(rows: 1000, bytes: 20_000, as: "wide.csv")
    relay.silence(after: 9_000_000)
    let silent = try await place.run(impatient)
    #expect(relay.isSilent)
    #expect(silent.status == 69, "\(silent.output)\(silent.errors)")
    #expect(place.claimed == ["wide.csv"])
    #expect(try await place.sandbox.state().objects.bills == 0)
    let passed = relay.passed
    relay.speak()
    let speaking = try await place.run(configuration)
    #expect(speaking.status == 0, "\(speaking.output)\(speaking.errors)")
    #expect(place.names("archive") == ["wide.csv"])
    #expect(try await place.sandbox.state().objects.bills == 1000)
    #expect(passed > 8_000_000)
    relay.end()
  }

  /// libssh2 answers a server's questions only while something is under way.
  @Test func `a server that ends connections on which nothing happens keeps nobody from the next file`() async throws {
    let place = try await place()
    try await place.server.change(more: "ClientAliveInterval 1\nClientAliveCountMax 1\nLogLevel VERBOSE")
    let configuration = try place.configure(top: #""poll": 5"#)
    let program = try billdrop.start(["run", "--config", configuration, "--watch"])
    for name in ["a.csv", "b.csv"] {
      let ended = place.server.log.components(separatedBy: "Timeout, client not responding").count
      try await place.until("an idle connection ended", program) {
        place.server.log.components(separatedBy: "Timeout, client not responding").count > ended
      }
      try place.put(BillFile.text(rows: 3, prefix: String(name.prefix(1).uppercased())), as: name)
      try await place.until("\(name) archived", program) { place.names("archive").contains(name) }
    }
    program.signal(SIGTERM)
    #expect(try await program.wait(atMost: .seconds(60)) == .exited(0), "\(program.errorText())")
    #expect(!program.errorText().contains("connection to the server was lost"), "\(program.errorText())")
    let bills = try await place.sandbox.bills().map(\.external_reference).sorted()
    #expect(bills.count == 6, "\(bills) \(program.errorText())")
  }
}
