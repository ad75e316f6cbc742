import Foundation
import Testing

/// What a network, a server, a disk and a kill do to an SFTP drop: nothing is lost, nothing comes twice.
@Suite(.fewAtATime)
struct SFTPFaultTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  private func place() async throws -> SFTPPlace { try await SFTPPlace(workspace, billdrop) }

  private let wide = SFTPPlace.wide

  @Test func `killed in the middle of a download it goes on where it was`() async throws {
    let place = try await place()
    let relay = try SlowRelay(to: place.server.port, bytesPerSecond: 2 << 20)
    try place.server.trust(port: relay.port)
    let configuration = try place.configure(wide, port: relay.port)
    try place.putWide(rows: 1500, bytes: 20_000, as: "wide.csv")
    let program = try billdrop.start(["run", "--config", configuration])
    try await place.until("the first block", program) { place.journal.contains { $0.hasPrefix("0 ") } }
    program.signal(SIGKILL)
    try await program.wait()
    #expect(!place.journal.contains("whole"))
    // What was there must not come again: were it to, it would come with another amount.
    try alter("W-1,ZAR,1001", to: "W-1,ZAR,9001", in: place)
    let result = try await place.run(configuration)
    #expect(result.status == 0, "\(result.errors)")
    #expect(place.names("archive") == ["wide.csv"])
    let state = try await place.sandbox.state()
    #expect(state.objects.bills == 1500)
    #expect(state.due["ZAR"] == (1001...2500).reduce(0, +))
    relay.end()
  }

  /// Changes the claimed file on the server, and nothing that the server tells of it.
  private func alter(_ text: String, to other: String, in place: SFTPPlace) throws {
    let path = try #require(place.claim(of: "wide.csv"))
    let modified = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
    let file = try FileHandle(forUpdating: URL(filePath: path))
    let found = try #require(try file.read(upToCount: 100_000)?.range(of: Data(text.utf8)))
    try file.seek(toOffset: UInt64(found.lowerBound))
    try file.write(contentsOf: Data(other.utf8))
    try file.close()
    try FileManager.default.setAttributes([.modificationDate: modified as Any], ofItemAtPath: path)
  }

  @Test func `a copy that was damaged after a kill is fetched again where it is damaged`() async throws {
    let place = try await place()
    let relay = try SlowRelay(to: place.server.port, bytesPerSecond: 2 << 20)
    try place.server.trust(port: relay.port)
    let configuration = try place.configure(wide, port: relay.port)
    try place.putWide(rows: 1500, bytes: 20_000, as: "wide.csv")
    let program = try billdrop.start(["run", "--config", configuration])
    try await place.until("a block", program) { place.journal.count >= 2 }
    program.signal(SIGKILL)
    try await program.wait()
    let copy = try #require(place.staged.first { $0.hasSuffix("/wide.csv") && !$0.contains("/.") })
    let file = try FileHandle(forUpdating: URL(filePath: workspace.path("ledger.sqlite.staging/\(copy)")))
    for offset in stride(from: 100, to: 30_000_000, by: 1 << 20) {
      try file.seek(toOffset: UInt64(offset))
      try file.write(contentsOf: Data("damaged".utf8))
    }
    try file.close()
    #expect(try await place.run(configuration).status == 0)
    #expect(try await place.sandbox.state().objects.bills == 1500)
  }

  @Test func `a connection that is cut again and again is made anew, and the file goes on at its offset`() async throws
  {
    let place = try await place()
    let relay = try SlowRelay(to: place.server.port, bytesPerSecond: 4 << 20)
    try place.server.trust(port: relay.port)
    let configuration = try place.configure(wide, port: relay.port)
    try place.putWide(rows: 1500, bytes: 20_000, as: "wide.csv")
    let program = try billdrop.start(["run", "--config", configuration, "--format", "json"])
    for cut in 1...4 {
      try await place.until("megabytes", program) { relay.passed > cut * 6_000_000 }
      relay.cut(after: 100_000)
    }
    #expect(try await program.wait(atMost: .seconds(120)) == .exited(0), "\(program.errorText())")
    #expect(place.names("archive") == ["wide.csv"])
    #expect(try await place.sandbox.state().objects.bills == 1500)
    relay.end()
  }

  @Test func `a line that is cut anywhere, in a login, a listing, a rename or an upload, loses nothing`() async throws {
    let place = try await place()
    let relay = try SlowRelay(to: place.server.port)
    try place.server.trust(port: relay.port)
    let configuration = try place.configure(port: relay.port)
    for (number, bytes) in [1500, 3600, 4400, 5300, 6200, 7400, 9000].enumerated() {
      try place.put(BillFile.text(rows: 4, prefix: "C\(number)"), as: "c\(number).csv")
      relay.cut(after: bytes + Int.random(in: 0..<700))
      for _ in 1...3 where !place.names("archive").contains("c\(number).csv") {
        _ = try await place.run(configuration)
      }
      #expect(place.names("archive").count == number + 1, "cut after \(bytes)")
      #expect(place.claimed.isEmpty)
      #expect(place.names("reports").count == number + 1)
    }
    #expect(try await place.sandbox.state().objects.bills == 28)
    for report in place.names("reports") {
      #expect(!place.names("reports/\(report)").contains { $0.hasSuffix(".part") })
      #expect(place.names("reports/\(report)").contains("summary.json"))
    }
    relay.end()
  }

  @Test func `a server that dies in the middle and comes again is gone on with`() async throws {
    let place = try await place()
    let relay = try SlowRelay(to: place.server.port, bytesPerSecond: 2 << 20)
    try place.server.trust(port: relay.port)
    let configuration = try place.configure(wide, top: #""poll": 0.5"#, port: relay.port)
    try place.putWide(rows: 1500, bytes: 20_000, as: "wide.csv")
    let program = try billdrop.start(["run", "--config", configuration, "--watch"])
    try await place.until("a block", program) { place.journal.count >= 2 }
    place.server.stop()
    try await Task.sleep(for: .milliseconds(200))
    try await place.server.start()
    try await place.until("archived", program) { place.names("archive") == ["wide.csv"] }
    program.signal(SIGTERM)
    try await program.wait()
    #expect(try await place.sandbox.state().objects.bills == 1500)
    relay.end()
  }

  @Test func `killed while reports go up it delivers them whole, and sends nothing again`() async throws {
    let place = try await place()
    let configuration = try place.configure()
    try place.put(BillFile.text(rows: 300) { $0 % 2 == 0 }, as: "a.csv")
    var dying = billdrop
    dying.environment["BILLDROP_CRASH_AT"] = "settled:1"
    let program = try dying.start(["run", "--config", configuration])
    #expect(try await program.wait() == .signalled(9))
    let posts = try await place.sandbox.state().requests
    // From here on the server's answers are cut somewhere in the middle of the delivery.
    let relay = try SlowRelay(to: place.server.port, bytesPerSecond: 100_000)
    try place.server.trust(port: relay.port)
    let slow = try place.configure(port: relay.port, name: "slow.json")
    let second = try billdrop.start(["run", "--config", slow])
    try await place.until("half a report", second) {
      place.names("reports").first.map { place.names("reports/\($0)").contains { $0.hasSuffix(".part") } } ?? false
    }
    second.signal(SIGKILL)
    try await second.wait()
    let folder = try #require(place.names("reports").first)
    #expect(!place.names("reports/\(folder)").contains("summary.json"))
    relay.end()
    try place.server.trust()
    let result = try await place.run(configuration)
    #expect(result.status == 1, "\(result.errors)")
    #expect(
      place.names("reports/\(folder)")
        == ["issues.csv", "receipt.json", "rejected.csv", "report.html", "rows.csv", "summary.json"])
    #expect(place.names("archive") == ["a.csv"])
    #expect(try await place.sandbox.state().requests == posts)
  }

  @Test func `killed at each point of a file's way it goes on, and each bill is there once`() async throws {
    let place = try await place()
    let configuration = try place.configure()
    for point in ["taken", "settled", "answered", "moved", "archived"] {
      try place.put(BillFile.text(rows: 5, prefix: point), as: "\(point).csv")
      var dying = billdrop
      dying.environment["BILLDROP_CRASH_AT"] = "\(point):1"
      let program = try dying.start(["run", "--config", configuration])
      #expect(try await program.wait() == .signalled(9), "\(point): \(program.errorText())")
      let result = try await place.run(configuration)
      #expect(result.status == 0, "\(point): \(result.errors)")
      #expect(place.names("archive").contains("\(point).csv"))
    }
    #expect(place.claimed.isEmpty)
    #expect(place.staged.isEmpty)
    #expect(try await place.sandbox.state().objects.bills == 25)
  }

  @Test func `a file that is written to after its claim is read as it is in the end`() async throws {
    let place = try await place()
    let relay = try SlowRelay(to: place.server.port, bytesPerSecond: 2 << 20)
    try place.server.trust(port: relay.port)
    let configuration = try place.configure(wide, top: #""poll": 0.3"#, port: relay.port)
    try place.putWide(rows: 1000, bytes: 20_000, as: "wide.csv")
    let program = try billdrop.start(["run", "--config", configuration])
    try await place.until("a block", program) { place.journal.count >= 2 }
    let claimed = try #require(place.claim(of: "wide.csv"))
    let file = try FileHandle(forWritingTo: URL(filePath: claimed))
    try file.seekToEnd()
    try file.write(contentsOf: Data("W-2000,ZAR,77,2025-07-01,2025-07-25,C-1,N 1,x\n".utf8))
    try file.close()
    let ending = try await program.wait(atMost: .seconds(120))
    #expect(ending == .exited(75), "\(program.errorText())")
    #expect(try await place.sandbox.state().objects.bills == 0)
    #expect(program.errorText().contains("became another"))
    let result = try await place.run(configuration)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try await place.sandbox.state().objects.bills == 1001)
    relay.end()
  }

  @Test func `a file that is larger than any may be is told and left, and the others go on`() async throws {
    let place = try await place()
    let configuration = try place.configure()
    try place.put("x", as: "a-sparse.csv")
    #expect(truncate(place.path("inbound/a-sparse.csv"), (1 << 40) + 1) == 0)
    try place.put(BillFile.text(rows: 5), as: "b.csv")
    let result = try await place.run(configuration)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("a-sparse.csv: never taken: it has more than 1 TiB"), "\(result.errors)")
    #expect(place.names("archive") == ["b.csv"] && place.names("inbound") == ["a-sparse.csv"])
  }

  @Test func `with the disk full while a file is staged nothing is sent, and later it goes on`() async throws {
    let place = try await place()
    let configuration = try place.configure(wide)
    try place.putWide(rows: 1000, bytes: 20_000, as: "wide.csv")
    var full = billdrop
    full.fileLimit = 8_000
    let stuck = try await full.run(["run", "--config", configuration])
    #expect(stuck.status == 74, "\(stuck.errors)")
    #expect(place.claimed == ["wide.csv"])
    #expect(try await place.sandbox.state().objects.bills == 0)
    #expect(try await place.run(configuration).status == 0)
    #expect(try await place.sandbox.state().objects.bills == 1000)
  }
}
