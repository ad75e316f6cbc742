import Foundation
import Testing

/// Files of an SFTP drop that somebody touches while they are fetched.
@Suite(.fewAtATime)
struct SFTPChangeTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  private func place() async throws -> SFTPPlace { try await SFTPPlace(workspace, billdrop) }

  enum Change: CaseIterable { case grows, shrinks, isReplaced, vanishes }

  /// 1000 rows of 20 kB, of which less than a half has come when the line stands still, and the file changes; or all but an
  /// end, when one of three connections is through with its part and has nothing left to do but to look at the file again.
  @Test(arguments: Change.allCases, [9_000_000, 17_000_000])
  func `a file that changes while it is fetched is told, nothing of it is sent, and what then lies there is`(
    _ change: Change, _ bytes: Int
  ) async throws {
    let place = try await place()
    let relay = try SlowRelay(to: place.server.port)
    try place.server.trust(port: relay.port)
    let configuration = try place.configure(SFTPPlace.wide, port: relay.port)
    try place.putWide(rows: 1000, bytes: 20_000, as: "wide.csv")
    relay.silence(after: bytes)
    let program = try billdrop.start(["run", "--config", configuration, "--format", "json"])
    try await place.until("so much of the file", program) { relay.isSilent }
    try make(change, of: #require(place.claim(of: "wide.csv")), place)
    relay.speak()
    let ending = try await program.wait(atMost: .seconds(150))
    let words = program.errorText() + program.outputText()
    #expect(ending == .exited(change == .vanishes ? 74 : 75), "\(words)")
    #expect(words.contains(change == .vanishes ? "there is no" : "became another"), "\(words)")
    #expect(try await place.sandbox.state().objects.bills == 0)

    let next = try await place.run(configuration)
    let bills = try await place.sandbox.bills().map(\.external_reference)
    #expect(Set(bills).count == bills.count)
    switch change {
    case .grows: #expect(next.status == 0 && bills.count == 1001, "\(bills.count) \(next.errors)")
    case .shrinks: #expect(next.status == 0 && bills.count == 400, "\(bills.count) \(next.errors)")
    case .isReplaced:
      #expect(next.status == 0 && bills.count == 30 && bills.allSatisfy { $0.hasPrefix("R-") }, "\(next.errors)")
    case .vanishes:
      #expect(next.status == 75 && next.output.contains("Somebody took the file away"), "\(next.output)")
      #expect(bills.isEmpty)
    }
    #expect(place.names("archive") == (change == .vanishes ? [] : ["wide.csv"]))
    #expect(place.claimed.isEmpty)
    #expect(place.staged.isEmpty)
    relay.end()
  }

  private func make(_ change: Change, of claim: String, _ place: SFTPPlace) throws {
    switch change {
    case .grows:
      let file = try FileHandle(forWritingTo: URL(filePath: claim))
      try file.seekToEnd()
      try file.write(contentsOf: Data("W-2000,ZAR,1000,2025-07-01,2025-07-25,C-2000,N 2000,x\n".utf8))
      try file.close()
    case .shrinks:
      let lines = try String(contentsOfFile: claim, encoding: .utf8).split(separator: "\n")
      truncate(claim, off_t(lines[...400].joined(separator: "\n").utf8.count + 1))
    case .isReplaced:
      try place.putWide(rows: 30, bytes: 40, as: "other.csv", prefix: "R")
      #expect(rename(place.path("inbound/other.csv"), claim) == 0)
    case .vanishes: try FileManager.default.removeItem(atPath: claim)
    }
  }

  // MARK: Leases

  /// A server that permits no folders: the claims are leases, and the files stay where they arrived.
  private func leased() async throws -> SFTPPlace {
    let place = try await place()
    for name in ["archive", "reports", "rejected"] {
      try FileManager.default.createDirectory(atPath: place.path(name), withIntermediateDirectories: true)
    }
    try await place.server.change(serving: "-P mkdir,rmdir")
    return place
  }

  private let unanswered = #""deliver": {"files": []}"#

  /// Kills a run when it has sent its first rows of `a.csv`.
  private func die(_ place: SFTPPlace, _ configuration: String) async throws {
    var dying = billdrop
    dying.environment["BILLDROP_CRASH_AT"] = "sent:1"
    let program = try dying.start(["run", "--config", configuration])
    #expect(try await program.wait(atMost: .seconds(90)) == .signalled(9), "\(program.errorText())")
    #expect(place.names("inbound").contains("a.csv"))
  }

  @Test func `a leased file that another host replaced is told, and the other is taken in its turn`() async throws {
    let place = try await leased()
    let configuration = try place.configure(unanswered)
    try place.put(BillFile.text(rows: 6), as: "a.csv")
    try await die(place, configuration)
    let before = try await place.sandbox.bills().count
    try place.put(BillFile.text(rows: 9, prefix: "N"), as: "a.csv")
    var words = ""
    for _ in 1...3 where place.names("archive").isEmpty {
      let result = try await place.run(configuration)
      words += result.output + result.errors
    }
    #expect(place.names("archive") == ["a.csv"], "\(words)")
    #expect(place.names("inbound").isEmpty)
    #expect(words.contains("another") || words.contains("changed"), "\(words)")
    let bills = try await place.sandbox.bills().map(\.external_reference)
    #expect(Set(bills).count == bills.count)
    #expect(bills.count { $0.hasPrefix("N-") } == 9, "\(words)")
    #expect(bills.count { !$0.hasPrefix("N-") } >= before)
  }

  @Test func `a leased file that another host took away is told, and its lease ends`() async throws {
    let place = try await leased()
    let configuration = try place.configure(unanswered)
    try place.put(BillFile.text(rows: 6), as: "a.csv")
    try await die(place, configuration)
    try FileManager.default.moveItem(atPath: place.path("inbound/a.csv"), toPath: place.path("archive/theirs.csv"))
    let gone = try await place.run(configuration)
    #expect(gone.status == 75, "\(gone.errors)")
    #expect(gone.output.contains("Somebody took the file away"), "\(gone.output)")
    // A file of the same name later is a new one.
    try place.put(BillFile.text(rows: 4, prefix: "L"), as: "a.csv")
    let later = try await place.run(configuration)
    #expect(later.status == 0, "\(later.output)\(later.errors)")
    #expect(place.names("archive") == ["a.csv", "theirs.csv"])
    #expect(try await place.sandbox.bills().count { $0.external_reference.hasPrefix("L-") } == 4)
  }
}
