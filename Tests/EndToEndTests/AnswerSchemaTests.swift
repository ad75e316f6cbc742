import Foundation
import SchemaRules
import Testing

/// What programs get: of every command that has `--format json` one object on standard output, by its schema.
@Suite(.fewAtATime) struct AnswerSchemaTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  /// Runs a command and holds its answer against a schema.
  @discardableResult
  private func check(_ words: [String], _ schema: String, status: Int = 0) async throws -> JSONValue {
    let result = try await billdrop.run(words + ["--format", "json"])
    #expect(result.status == status, "\(words): \(result.errors)")
    let value = try JSONValue(parsing: Array(result.output.utf8))
    #expect(try AnswerSchema(schema).violations(value) == [], "\(words)")
    return value
  }

  /// The commands whose help names `--format`.
  private func answering() async throws -> Set<String> {
    let help = try await billdrop.run("--help").output
    var found: Set<String> = []
    for match in help.matches(of: /(?m)^  ([a-z-]+(?: [a-z]+)?)  +[A-Z]/) {
      let words = match.1.split(separator: " ").map(String.init)
      if try await billdrop.run(words + ["--help"]).output.contains("--format json") {
        found.insert(String(match.1))
      }
    }
    return found
  }

  @Test func `every command that answers to programs is looked at here`() async throws {
    let here: Set<String> = [
      "validate", "plan", "rehearse", "submit", "settle", "run", "config check", "diff", "verify", "layout list",
      "layout check", "layout guess", "merge-reports", "status", "report", "events import", "events list", "reconcile",
      "forget", "explain", "doctor", "init", "version",
    ]
    #expect(try await answering() == here)
  }

  @Test func `the version tells the libraries that are at work`() async throws {
    let told = try await check(["version", "--verbose"], "version")
    let libraries = try #require(told.object?["libraries"]?.object)
    let names = ["libcurl", "OpenSSL", "SQLite", "libcrypto", "zlib", "libmicrohttpd"]
    for name in names { #expect(libraries[name] != nil, "\(name)") }
    let lines = try await billdrop.run("version", "--verbose").output.split(separator: "\n").dropFirst()
    let shown = lines.compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(Set(shown).count == shown.count && Set(shown).isSuperset(of: names), "each once: \(shown)")
  }

  @Test(.enabled(if: Place.compiler != nil))
  func `a library that is another one than the program was built with is told as it is`() async throws {
    let source = try workspace.write(
      """
      const char *sqlite3_libversion(void) { return "3.99.7"; }
      const char *zlibVersion(void) { return "1.99.7"; }
      const char *OpenSSL_version(int part) { return "OpenSSL 3.99.7 1 Jan 2030"; }

      """, to: "other.c")
    let library = workspace.path("other.so")
    let process = Process()
    process.executableURL = URL(filePath: try #require(Place.compiler))
    process.arguments = ["-shared", "-fPIC", "-o", library, source]
    try process.start()
    process.waitUntilExit()
    var other = billdrop
    let loaded = ProcessInfo.processInfo.environment["LD_PRELOAD"]
    other.environment["LD_PRELOAD"] = [library, loaded].compactMap { $0 }.joined(separator: ":")
    let lines = try await other.run("version", "--verbose").output.split(separator: "\n").map {
      $0.split(separator: " ")
    }
    for (name, version) in [("SQLite", "3.99.7"), ("zlib", "1.99.7"), ("libcrypto", "3.99.7")] {
      #expect(lines.contains { $0.first == name[...] && $0.dropFirst().first == version[...] }, "\(name): \(lines)")
    }
  }

  @Test func `commands that need no API answer by their schemas`() async throws {
    let small = Place.sample("small.csv")
    try await check(["version"], "version")
    try await check(["explain"], "explain")
    try await check(["explain", "amount.format"], "explain")
    try await check(["init", "nightly", workspace.path("nightly")], "init")
    try await check(["config", "check", workspace.path("nightly/billdrop.json")], "config-check")
    let wrong = try workspace.write("{\"limit\": {}}", to: "wrong.json")
    try await check(["config", "check", wrong], "config-check", status: 78)
    try await check(["layout", "list"], "layout-list")
    try await check(["layout", "check", "default", small], "layout-check", status: 0)
    try await check(["layout", "check", wrong], "layout-check", status: 78)
    try await check(["layout", "guess", small], "layout-guess")
    try await check(["validate", small], "summary", status: 1)
    try await check(["validate", Place.sample("empty.csv")], "summary", status: 65)
    try await check(["diff", small, small], "diff", status: 1)
    let parts = workspace.path("parts")
    #expect(try await billdrop.run("validate", small, "--references", "--reports", parts).status == 1)
    try await check(["merge-reports", parts, "--reports", workspace.reports], "summary", status: 1)
    try await check(["rehearse", small, "--fast"], "summary", status: 1)
  }

  @Test func `several files are a list of what each would be alone`() async throws {
    let value = try await check(["validate", Place.sample("small.csv"), "absent.csv"], "files", status: 66)
    guard case .array(let files)? = value["files"], files.count == 2 else { throw TestFault("\(value)") }
    #expect(try AnswerSchema("summary").violations(files[0]) == [])
    #expect(try AnswerSchema("file-error").violations(files[1]) == [])
  }

  @Test func `a fault that is of no one file is answered, too`() async throws {
    let small = Place.sample("small.csv")
    let ledger = try workspace.write("no ledger", to: "broken.sqlite")
    let faults: [(words: [String], status: Int)] = [
      (["explain", "nope"], 64), (["config", "check", "nope.json"], 66), (["status", "--ledger", ledger], 78),
      (["report", "nope", "--ledger", ledger], 78), (["submit", small, "--key-file", "nope"], 77),
      (["submit", small, "--ledger", ledger], 78), (["verify", small, "--receipt", "nope.json"], 66),
    ]
    for (words, status) in faults { try await check(words, "file-error", status: status) }
  }

  @Test func `commands around a submission answer by their schemas`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let small = Place.sample("small.csv")
    let ledger = ["--ledger", workspace.ledger]
    let reports = ["--reports", workspace.reports]
    let api = ["--endpoint", sandbox.endpoint] + ledger
    try await check(["doctor"] + api + reports, "doctor")
    try await check(["plan", small] + api, "summary", status: 1)
    try await check(["submit", small] + api + reports, "summary", status: 1)
    try await check(["settle", small] + api + reports, "summary", status: 1)
    try await check(["settle", small, "--look"] + api, "look")
    try await check(["status"] + ledger, "status")
    try await check(["report", small] + ledger + reports, "summary")
    let receipt = try workspace.report(of: "small.csv", command: "submit").folder.appending(path: "receipt.json").path
    try await check(["verify", small, "--receipt", receipt] + ledger, "verify")
    try await check(["verify", small] + api, "read-back")
    let events = try workspace.write("no event\n", to: "events.jsonl")
    try await check(["events", "import", events] + ledger, "events-import", status: 1)
    try await check(["events", "list"] + ledger, "events")
    try await check(["reconcile", "--ask", "all"] + api + reports, "reconcile")
    try await check(["forget", "small.csv"] + ledger + reports, "forget")
  }

  @Test func `a pass answers by its schema, and each of its summaries by theirs`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let drop = workspace.path("drop/inbound")
    try FileManager.default.createDirectory(atPath: drop, withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: Place.sample("small.csv"), toPath: drop + "/small.csv")
    let config = try workspace.write(
      """
      {"api": {"endpoint": "\(sandbox.endpoint)"}, "ledger": "ledger.sqlite",
       "feeds": {"a": {"drop": {"path": "drop"}, "complete": {"seconds": 0.2}}}}
      """, to: "billdrop.json")
    let value = try await check(["run", "--config", config], "run", status: 1)
    guard case .array(let files)? = value["files"], let summary = files.first?["summary"] else {
      throw TestFault("\(value)")
    }
    #expect(try AnswerSchema("summary").violations(summary) == [])
  }

  @Test func `progress for programs is a JSON object a line, to the last figures`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let file = try workspace.write(BillFile.text(rows: 600) { _ in false }, to: "long.csv")
    let result = try await billdrop.run(
      billdrop.submitArguments(file, endpoint: sandbox.endpoint, rate: 200) + ["--progress", "json"])
    #expect(result.status == 0, "\(result.errors)")
    _ = try result.summary()
    // Other lines are messages for people: here, that the ledger is a new one.
    let objects = result.errors.split(separator: "\n").filter { $0.hasPrefix("{") }
    let lines = try objects.map { try JSONValue(parsing: Array($0.utf8)) }
    let schema = try AnswerSchema("progress")
    for line in lines { #expect(schema.violations(line) == []) }
    let sending = lines.filter { $0["stage"] == .string("sending") }
    #expect(sending.count >= 3 && sending.count < 60, "\(result.errors)")
    #expect(sending.last?["outcomes"]?["created"]?.integer == 600, "\(result.errors)")
  }
}
