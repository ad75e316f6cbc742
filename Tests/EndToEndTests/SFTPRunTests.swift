import Foundation
import SeededRandoms
import Testing

/// `billdrop run` with a drop on a real SFTP server.
@Suite(.fewAtATime)
struct SFTPRunTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  private func place() async throws -> SFTPPlace { try await SFTPPlace(workspace, billdrop) }

  @Test func `a file is fetched, answered and archived on the server, and the same bytes are a duplicate`() async throws
  {
    let place = try await place()
    let configuration = try place.configure(#""deliver": {"mode": "0640"}"#)
    try place.put(BillFile.text(rows: 40) { $0 == 7 }, as: "july's \"first\" file.csv")
    let first = try await place.run(configuration)
    #expect(first.status == 1, "\(first.errors)")
    #expect(place.names("archive") == ["july's \"first\" file.csv"])
    #expect(place.names("inbound").isEmpty)
    #expect(place.claimed.isEmpty)
    #expect(place.staged.isEmpty)
    let report = try #require(place.names("reports").first)
    #expect(
      place.names("reports/\(report)")
        == ["issues.csv", "receipt.json", "rejected.csv", "report.html", "rows.csv", "summary.json"])
    let path = place.path("reports/\(report)/summary.json")
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o640)
    let before = try await place.sandbox.state()
    #expect(before.objects.bills == 39)

    try place.put(BillFile.text(rows: 40) { $0 == 7 }, as: "again.csv")
    let second = try await place.run(configuration)
    #expect(second.status == 0, "\(second.errors)")
    #expect(second.output.contains(#""verdict":"duplicate""#))
    #expect(place.names("archive") == ["again.csv", "july's \"first\" file.csv"])
    #expect(try await place.sandbox.state().requests == before.requests)
  }

  @Test func `a file with a checksum is taken when it matches, and deleted with it where that is asked for`()
    async throws
  {
    let place = try await place()
    let configuration = try place.configure(
      drop: #""key_file": "ssh/user", "known_hosts": "ssh/known_hosts", "after": "delete", "staged_days": 3"#,
      complete: #"{"by": "checksum"}"#)
    try place.put(BillFile.text(rows: 12), as: "a.csv")
    try place.put("00\(String(repeating: "1", count: 62))  a.csv\n", as: "a.csv.sha256")
    #expect(try await place.run(configuration).status == 4)
    #expect(place.names("inbound") == ["a.csv", "a.csv.sha256"])
    try place.put(try place.checksum(of: "a.csv"), as: "a.csv.sha256")
    let result = try await place.run(configuration)
    #expect(result.status == 0, "\(result.errors)")
    #expect(place.names("inbound").isEmpty)
    #expect(place.names("archive").isEmpty)
    #expect(place.claimed.isEmpty)
    #expect(try await place.sandbox.state().objects.bills == 12)
    #expect(place.staged.map { $0.split(separator: "/").suffix(2).joined(separator: "/") } == [".kept/a.csv"])
  }

  @Test func `copies that are kept for days are all kept, though files have one name`() async throws {
    let place = try await place()
    let configuration = try place.configure(
      drop: #""key_file": "ssh/user", "known_hosts": "ssh/known_hosts", "staged_days": 3"#,
      #""deliver": {"files": []}"#)
    for night in 1...3 {
      try place.put(BillFile.text(rows: 2, prefix: "N\(min(night, 2))"), as: "nightly.csv")
      #expect(try await place.run(configuration).status == 0)
    }
    let kept = place.staged.filter { $0.contains("/.kept/") }.compactMap { $0.split(separator: "/").last }.sorted()
    #expect(kept.count == 2 && kept.last == "nightly.csv" && kept[0].hasPrefix("nightly-"), "\(kept)")
  }

  @Test func `names that nobody should have are never taken, and are told`() async throws {
    let place = try await place()
    let configuration = try place.configure()
    try place.put(BillFile.text(rows: 2), as: "good.csv")
    try place.put(BillFile.text(rows: 2, prefix: "L"), as: "a\nb.csv")
    try place.put(BillFile.text(rows: 2, prefix: "P"), as: "half.csv.part")
    try place.put(BillFile.text(rows: 2, prefix: "H"), as: ".hidden.csv")
    try FileManager.default.createSymbolicLink(
      atPath: place.path("inbound/link.csv"), withDestinationPath: "/etc/passwd")
    let long = String(repeating: "n", count: 251) + ".csv"
    try place.put(BillFile.text(rows: 2, prefix: "N"), as: long)
    let result = try await place.run(configuration)
    #expect(result.status == 0, "\(result.errors)")
    #expect(place.names("archive") == ["good.csv", long])
    #expect(place.names("inbound") == [".hidden.csv", "a\nb.csv", "half.csv.part", "link.csv"])
    #expect(try await place.sandbox.state().objects.bills == 4)
    #expect(result.errors.contains("control characters"))
    #expect(result.errors.contains("symbolic link"))
  }

  @Test func `where the server permits no folder for claims, the ledger's lease stands in`() async throws {
    guard getuid() != 0 else { return try await leasesAsRoot() }
    let place = try await place()
    try FileManager.default.createDirectory(atPath: place.path("archive"), withIntermediateDirectories: true)
    try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: workspace.path("remote"))
    defer {
      try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: workspace.path("remote"))
    }
    try await leases(place)
  }

  /// As root nothing is forbidden: a file stands where the folder of claims should be.
  private func leasesAsRoot() async throws {
    let place = try await place()
    try "no folder".write(toFile: place.path("processing"), atomically: true, encoding: .utf8)
    try await leases(place)
  }

  private func leases(_ place: SFTPPlace) async throws {
    let configuration = try place.configure(#""deliver": {"files": []}"#)
    try place.put(BillFile.text(rows: 6), as: "a.csv")
    var dying = billdrop
    dying.environment["BILLDROP_CRASH_AT"] = "sent:1"
    let program = try dying.start(["run", "--config", configuration])
    #expect(try await program.wait(atMost: .seconds(60)) == .signalled(9), "\(program.errorText())")
    #expect(place.names("inbound") == ["a.csv"])
    let result = try await place.run(configuration)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("claimed by leases"))
    #expect(place.names("archive") == ["a.csv"])
    #expect(place.names("inbound").isEmpty)
    #expect(try await place.sandbox.state().objects.bills == 6)
  }

  @Test func `what the archive has no permission for stays claimed, is told, and goes on when it may`() async throws {
    let place = try await place()
    let configuration = try place.configure()
    try "no folder".write(toFile: place.path("archive"), atomically: true, encoding: .utf8)
    try place.put(BillFile.text(rows: 6), as: "a.csv")
    let stuck = try await place.run(configuration)
    #expect(stuck.status == 74, "\(stuck.errors)")
    #expect(
      stuck.errors.contains("its folder isn't there. Its rows are done, and none is sent again"), "\(stuck.errors)")
    let standing = try await billdrop.run("status", "--config", configuration, "--format", "json")
    #expect(standing.output.contains("its folder isn't there. Its rows are done"), "\(standing.output)")
    #expect(place.claimed == ["a.csv"])
    #expect(try await place.sandbox.state().objects.bills == 6)
    try FileManager.default.removeItem(atPath: place.path("archive"))
    let posts = try await place.sandbox.state().requests
    #expect(try await place.run(configuration).status == 0)
    #expect(place.names("archive") == ["a.csv"])
    #expect(try await place.sandbox.state().requests == posts)
  }

  @Test func `where the server lets no folder for reports be made it is told which, and the file is answered later`()
    async throws
  {
    let place = try await place()
    let configuration = try place.configure()
    try "no folder".write(toFile: place.path("reports"), atomically: true, encoding: .utf8)
    try place.put(BillFile.text(rows: 6), as: "a.csv")
    let stuck = try await place.run(configuration)
    #expect(stuck.status == 74, "\(stuck.errors)")
    #expect(stuck.errors.contains("this folder could not be made"), "\(stuck.errors)")
    try FileManager.default.removeItem(atPath: place.path("reports"))
    let again = try await billdrop.run("run", "--config", configuration)
    #expect(again.status == 0)
    #expect(again.output.contains("✓ a.csv: complete. Its rows were done before; now it is answered and put away"))
    #expect(place.names("reports").count == 1 && place.names("archive") == ["a.csv"])
    #expect(try await place.sandbox.state().objects.bills == 6)
  }

  @Test func `two watchers on one drop, each killed at times, get each file once`() async throws {
    let place = try await place()
    let configurations = try ["one", "two"].map { name in
      try place.configure(top: #""poll": 0.3"#, ledger: "\(name).sqlite", name: "\(name).json")
    }
    for number in 1...14 { try place.put(BillFile.text(rows: 10, prefix: "F\(number)"), as: "f\(number).csv") }
    var random = SeededRandom(seed: .random(in: .min ... .max))
    for round in 0..<3 {
      let programs = try configurations.map { try billdrop.start(["run", "--config", $0, "--watch"]) }
      let end = ContinuousClock.now + .milliseconds(Int.random(in: 1500...4000, using: &random))
      while ContinuousClock.now < end, round < 2 || place.names("archive").count < 14 {
        try await Task.sleep(for: .milliseconds(20))
      }
      for program in programs {
        program.signal(SIGKILL)
        try await program.wait()
      }
    }
    let last = ContinuousClock.now + .seconds(90)
    while place.names("archive").count < 14, ContinuousClock.now < last {
      for configuration in configurations { _ = try await place.run(configuration) }
    }
    #expect(place.names("archive").count == 14, "seed \(random.seed): \(place.claimed)")
    #expect(place.claimed.isEmpty)
    let state = try await place.sandbox.state()
    #expect(state.objects.bills == 140)
    #expect(state.due["ZAR"] == 14 * (1...10).reduce(0) { $0 + BillFile.amount(of: $1) })
  }
}
