import Foundation
import Testing

/// `billdrop doctor`: each line fine, a warning or a fault, and what to do about it.
@Suite(.fewAtATime) struct DoctorTests {
  private let workspace: Workspace

  init() throws { workspace = try Workspace() }

  private struct Answer: Decodable {
    struct Check: Decodable {
      let of: String
      let state: String
      let message: String
      let cure: String?
    }
    let healthy: Bool
    let checks: [Check]

    var faults: [Check] { checks.filter { $0.state == "fault" } }
  }

  private func examine(
    _ words: [String], key: String? = Billdrop.key, _ variables: [String: String] = [:]
  ) async throws -> (status: Int, Answer) {
    let billdrop = Billdrop(workspace: workspace, key: key, environment: variables)
    let result = try await billdrop.run(["doctor", "--format", "json"] + words)
    #expect(result.errors.isEmpty)
    let answer = try JSONDecoder().decode(Answer.self, from: Data(result.output.utf8))
    #expect(answer.healthy == (result.status == 0))
    #expect(answer.checks.allSatisfy { $0.state == "ok" || $0.cure != nil }, "what is not fine has its cure")
    return (result.status, answer)
  }

  private func words(_ endpoint: String) -> [String] {
    ["--endpoint", endpoint, "--ledger", workspace.ledger, "--reports", workspace.reports]
  }

  @Test func `where all is well no line is a fault, and nothing is created or written`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let (status, answer) = try await examine(words(sandbox.endpoint))
    #expect(status == 0)
    for part in ["key", "api", "tls", "clock", "ledger", "folder", "disk", "library"] {
      #expect(answer.checks.contains { $0.of == part }, "\(part)")
    }
    #expect(try await sandbox.state().objects == Sandbox.State.Objects(customers: 0, accounts: 0, bills: 0))
    #expect(try await sandbox.log().map(\.method) == ["GET"])
    #expect(!FileManager.default.fileExists(atPath: workspace.ledger))
    #expect(!FileManager.default.fileExists(atPath: workspace.reports))
  }

  @Test func `a key that the API refuses is a fault, and is never shown`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let (status, answer) = try await examine(words(sandbox.endpoint), key: "sk_test_Another1")
    #expect(status == 77)
    #expect(answer.faults.map(\.of) == ["key"])
    #expect(!answer.checks.contains { "\($0)".contains("Another1") })
  }

  @Test func `no key, a public one, and nobody at the endpoint`() async throws {
    let (status, answer) = try await examine(words("http://127.0.0.1:9"), key: nil)
    #expect(status == 77)
    #expect(Set(answer.faults.map(\.of)) == ["key", "api"])
    #expect(try await examine(words("http://127.0.0.1:9")).status == 69)
    #expect(try await examine(words("http://example.com")).status == 69)
    let sandbox = try await Sandbox(in: workspace)
    let (_, other) = try await examine(words(sandbox.endpoint), key: "pk_test_Public1")
    #expect(other.faults.map(\.message) == ["The key in MOMENT_API_KEY is a public one."])
  }

  @Test func `a certificate that isn't trusted is told as such, and the right authority mends it`() async throws {
    let sandbox = try await Sandbox(in: workspace, secure: true)
    let (status, answer) = try await examine(words(sandbox.endpoint))
    #expect(status == 69)
    #expect(answer.faults.map(\.of) == ["tls"])
    #expect(try await examine(words(sandbox.endpoint) + ["--ca-file", try #require(sandbox.caFile)]).status == 0)
  }

  @Test func `a ledger with a time that is to come is told of, by whoever uses it`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let file = try workspace.write(BillFile.text(rows: 3), to: "july.csv")
    let billdrop = Billdrop(workspace: workspace)
    var early = billdrop
    early.environment["BILLDROP_CLOCK_OFFSET"] = "31536000000"
    #expect(try await early.submit(file, to: sandbox).status == 0)
    let next = try workspace.write(BillFile.text(rows: 3, prefix: "N"), to: "august.csv")
    let sent = try await billdrop.submit(next, to: sandbox)
    #expect(sent.status == 0 && sent.errors.contains("the ledger has a time that is 315"), "\(sent.errors)")
    let status = try await billdrop.run("status", "--ledger", workspace.ledger)
    #expect(status.output.contains("the ledger has a time that is 315"), "\(status.output)")
    let (_, answer) = try await examine(words(sandbox.endpoint))
    let clock = answer.faults.first { $0.of == "clock" }
    #expect(clock?.message.hasPrefix("The latest time in the ledger is 315") == true, "\(answer.checks)")
    #expect(clock?.cure?.contains("Where it is right, a clock was ahead") == true, "\(answer.checks)")
  }

  @Test func `a clock that is off is a warning at a minute and a fault at ten`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let now = Int64(Date().timeIntervalSince1970 * 1000)
    try await sandbox.setClock(to: now + 120_000)
    let (status, answer) = try await examine(words(sandbox.endpoint))
    #expect(status == 0)
    #expect(answer.checks.contains { $0.of == "clock" && $0.state == "warning" && $0.message.contains("behind") })
    try await sandbox.setClock(to: now + 600_000)
    #expect(try await examine(words(sandbox.endpoint)).status == 78)
  }

  @Test func `a ledger of another endpoint and a damaged one are faults`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    _ = try await Billdrop(workspace: workspace).submit(Place.sample("small.csv"), to: sandbox)
    #expect(try await examine(words(sandbox.endpoint)).status == 0)
    let other = try await Sandbox(in: workspace)
    let (status, answer) = try await examine(words(other.endpoint))
    #expect(status == 78)
    #expect(answer.faults.first?.message.contains("belongs to \(sandbox.endpoint)") == true)
    let handle = try FileHandle(forWritingTo: URL(filePath: workspace.ledger))
    try handle.seek(toOffset: 4096)
    try handle.write(contentsOf: Data(repeating: 0xFF, count: 8192))
    try handle.close()
    let (damaged, found) = try await examine(words(sandbox.endpoint))
    #expect(damaged == 78)
    #expect(found.faults.map(\.of) == ["ledger"])
  }

  @Test func `a key file that others may read is a warning, and a live key without leave too`() async throws {
    let sandbox = try await Sandbox(in: workspace, key: "sk_LiveOne9")
    let file = try workspace.write("sk_LiveOne9\n", to: "key")
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
    let (status, answer) = try await examine(words(sandbox.endpoint) + ["--key-file", file], key: nil)
    #expect(status == 0)
    #expect(answer.checks.filter { $0.of == "key" && $0.state == "warning" }.count == 2)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
    let (_, allowed) = try await examine(words(sandbox.endpoint) + ["--key-file", file, "--live"], key: nil)
    #expect(!allowed.checks.contains { $0.of == "key" && $0.state == "warning" })
  }

  @Test func `with a configuration its drops are looked at, and its mistakes are told`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let config = try workspace.write(
      """
      {"api": {"endpoint": "\(sandbox.endpoint)"}, "ledger": "ledger.sqlite",
       "feeds": {
         "nightly": {"drop": {"path": "drop"}, "files": "bills.*"}, "other": {"drop": {"path": "drop"}, "files": "old.*"}}}
      """, to: "billdrop.json")
    let (absent, answer) = try await examine(["--config", config])
    #expect(absent == 69)
    #expect(answer.faults.map(\.of) == ["drop"], "one drop of two feeds is told once")
    try FileManager.default.createDirectory(
      atPath: workspace.path("drop/inbound"), withIntermediateDirectories: true)
    _ = try workspace.write("x", to: "drop/inbound/bills.csv")
    let (status, whole) = try await examine(["--config", config])
    #expect(status == 0)
    #expect(whole.checks.contains { $0.of == "drop" && $0.message.hasSuffix("1 file waits.") })
    #expect(try FileManager.default.contentsOfDirectory(atPath: workspace.path("drop")) == ["inbound"])
    let wrong = try workspace.write("{\"limit\": {}}", to: "wrong.json")
    let (bad, mistakes) = try await examine(["--config", wrong])
    #expect(bad == 78)
    #expect(mistakes.faults.first?.message.contains("wrong.json:1: /limit ") == true)
    #expect(try await Billdrop(workspace: workspace).run("doctor", "--config", config, "--live").status == 64)
  }

  @Test func `a folder of a drop that others may write to is a warning, but not where files arrive`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let config = try workspace.write(
      """
      {"api": {"endpoint": "\(sandbox.endpoint)"}, "ledger": "ledger.sqlite",
       "feeds": {"nightly": {"drop": {"path": "drop"}}}}
      """, to: "billdrop.json")
    for name in ["inbound", "archive"] {
      try FileManager.default.createDirectory(
        atPath: workspace.path("drop/\(name)"), withIntermediateDirectories: true)
    }
    func warned(_ modes: [String: Int]) async throws -> [String] {
      for (name, mode) in modes {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: workspace.path(name))
      }
      let (status, answer) = try await examine(["--config", config])
      #expect(status == 0)
      return answer.checks.filter { $0.of == "drop" && $0.state == "warning" }.map(\.message)
    }
    #expect(try await warned(["drop": 0o750, "drop/archive": 0o700, "drop/inbound": 0o3770]).isEmpty)
    let root = try await warned(["drop": 0o2770])
    #expect(root.count == 1 && root[0].contains("\(workspace.path("drop")),"), "\(root)")
    let archive = try await warned(["drop": 0o755, "drop/archive": 0o777])
    #expect(archive.count == 1 && archive[0].contains("drop/archive,"), "\(archive)")
    #expect(try await warned(["drop": 0o1777, "drop/archive": 0o700]).isEmpty, "nobody can exchange another's folder")
  }

  @Test func `in words each line has its sign, and what is wrong its cure`() async throws {
    let billdrop = Billdrop(workspace: workspace, key: nil, environment: ["COLUMNS": "60"])
    let result = try await billdrop.run(["doctor"] + words("http://127.0.0.1:9"))
    #expect(result.output.contains("\n           → Set") || result.output.contains("→ No key. Set MOMENT_API_KEY"))
    #expect(result.output.contains("✗ key      There is no key in MOMENT_API_KEY."))
    #expect(result.output.contains("2 things stand in the way."))
    #expect(result.output.split(separator: "\n").allSatisfy { $0.count <= 60 || $0.contains("/") })
  }
}
