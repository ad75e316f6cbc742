import Foundation
import Testing

/// A user of the server who logs in by a password, and may not do everything.
@Suite(.fewAtATime, .enabled(if: SSHAccount.isPossible, "only root may give a server users of its own"))
struct SFTPAccountTests {
  private let workspace: Workspace
  private let billdrop: Billdrop
  private let account = SSHAccount()

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  private func place() async throws -> SFTPPlace { try await SFTPPlace(workspace, billdrop, account: account) }

  private let trust = #""known_hosts": "ssh/known_hosts""#

  private func put(_ text: String, as name: String, _ place: SFTPPlace) throws {
    try place.put(text, as: name)
    chown(place.path("inbound/\(name)"), account.number, account.number)
  }

  @Test func `a password lets in, from the environment or a file, and a wrong one is told and shown to nobody`()
    async throws
  {
    let place = try await place()
    try put(BillFile.text(rows: 3), as: "a.csv", place)
    var knowing = billdrop
    knowing.environment["DROP_PASSWORD"] = account.password
    let byVariable = try place.configure(drop: trust + #", "password_env": "DROP_PASSWORD""#, name: "variable.json")
    let first = try await knowing.run("run", "--config", byVariable)
    #expect(first.status == 0, "\(first.errors) \(place.server.log)")
    #expect(place.names("archive") == ["a.csv"])

    try put(BillFile.text(rows: 3, prefix: "F"), as: "b.csv", place)
    _ = try workspace.write(account.password + "\n", to: "password")
    let byFile = try place.configure(drop: trust + #", "password_file": "password""#, name: "file.json")
    #expect(try await place.run(byFile).status == 0)
    #expect(place.names("archive") == ["a.csv", "b.csv"])

    _ = try workspace.write("a wrong one\n", to: "password")
    let wrong = try await place.run(byFile)
    #expect(wrong.status == 69)
    #expect(wrong.errors.contains("doesn't let this user in"), "\(wrong.errors)")
    let missing = try await place.run(byVariable)
    #expect(missing.status == 69 && missing.errors.contains("DROP_PASSWORD"), "\(missing.errors)")
    for result in [first, wrong, missing] {
      #expect(!(result.output + result.errors).contains("wrong one"))
      #expect(!(result.output + result.errors).contains(account.password))
    }
    #expect(try await place.sandbox.state().objects.bills == 6)
  }

  @Test func `an archive that the user may not write to is told, others go on, and nothing is sent again`()
    async throws
  {
    let place = try await place()
    let drop = trust + #", "password_file": "password""#
    _ = try workspace.write(account.password, to: "password")
    let configuration = try place.configure(drop: drop)
    try FileManager.default.createDirectory(
      atPath: place.path("archive"), withIntermediateDirectories: true, attributes: [.posixPermissions: 0o555])
    try put(BillFile.text(rows: 5), as: "a.csv", place)
    try put(BillFile.text(rows: 5, prefix: "S"), as: "b.csv", place)
    let stuck = try await place.run(configuration)
    #expect(stuck.status == 74, "\(stuck.errors)")
    #expect(stuck.errors.contains("permission denied") && stuck.errors.contains("archive"), "\(stuck.errors)")
    #expect(place.claimed.sorted() == ["a.csv", "b.csv"])
    #expect(place.names("reports").count == 2)
    let before = try await place.sandbox.state()
    #expect(before.objects.bills == 10)
    chown(place.path("archive"), account.number, account.number)
    chmod(place.path("archive"), 0o755)
    let next = try await place.run(configuration)
    #expect(next.status == 0, "\(next.errors)")
    #expect(place.names("archive") == ["a.csv", "b.csv"])
    #expect(place.claimed.isEmpty)
    #expect(try await place.sandbox.state().requests == before.requests)
  }

  @Test func `a group that the user isn't in is told, and the report is delivered once it may be`() async throws {
    let place = try await place()
    let drop = trust + #", "password_file": "password""#
    _ = try workspace.write(account.password, to: "password")
    try put(BillFile.text(rows: 2), as: "a.csv", place)
    let strange = try await place.run(
      try place.configure(drop: drop, #""deliver": {"group": 47002, "mode": "0640"}"#))
    #expect(strange.status == 74, "\(strange.errors)")
    #expect(strange.errors.lowercased().contains("permission denied"), "\(strange.errors)")
    #expect(place.claimed == ["a.csv"])
    let own = try await place.run(
      try place.configure(drop: drop, #""deliver": {"group": \#(account.number), "mode": "0640"}"#))
    #expect(own.status == 0, "\(own.errors)")
    let report = try #require(place.names("reports").first)
    let names = place.names("reports/\(report)")
    #expect(names.contains("summary.json") && !names.contains { $0.hasSuffix(".part") })
    #expect(place.names("archive") == ["a.csv"])
  }
}

/// Reports for a group of the server's.
@Suite(.fewAtATime)
struct SFTPGroupTests {
  @Test(.enabled(if: getuid() == 0, "only root may give files to any group"))
  func `reports get the group that the configuration names by its number, each of them`() async throws {
    let workspace = try Workspace()
    let place = try await SFTPPlace(workspace, Billdrop(workspace: workspace))
    try place.put(BillFile.text(rows: 3) { $0 == 2 }, as: "a.csv")
    let result = try await place.run(try place.configure(#""deliver": {"group": 47002, "mode": "0640"}"#))
    #expect(result.status == 1, "\(result.errors)")
    let report = try #require(place.names("reports").first)
    let names = place.names("reports/\(report)")
    #expect(names.count == 6)
    for name in names {
      let attributes = try FileManager.default.attributesOfItem(atPath: place.path("reports/\(report)/\(name)"))
      #expect(attributes[.groupOwnerAccountID] as? Int == 47002, "\(name)")
      #expect(attributes[.posixPermissions] as? Int == 0o640, "\(name)")
    }
  }
}
