import Foundation
import Testing

/// Names, links and permissions: what somebody can do who may write where billdrop reads or writes.
@Suite(.fewAtATime) struct HostilePlaceTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  private func mode(_ path: String) throws -> Int {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int ?? -1
  }

  private func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: workspace.path(name), withDestinationPath: target)
  }

  @Test func `under any umask what is written is for its owner alone`() async throws {
    var open = billdrop
    open.prelude = "umask 0"
    let place = try DropPlace(workspace, open, await Sandbox(in: workspace))
    let configuration = try place.configure(top: #""metrics": "metrics.prom""#, ledger: "state/ledger.sqlite")
    try place.put(BillFile.text(rows: 40) { $0 == 7 }, as: "july.csv")
    #expect(try await place.run(configuration).status == 1)
    _ = try await open.run("validate", workspace.path("drop/archive/july.csv"), "--reports", workspace.path("checked"))
    let ours = ["state", "reports", "drop/reports", "drop/processing", "drop/archive", "drop/rejected", "checked"]
    let written = try FileManager.default.subpathsOfDirectory(atPath: workspace.folder.path).filter { path in
      // The file that was archived is the sender's own.
      path != "drop/archive/july.csv" && ours.contains { path == $0 || path.hasPrefix($0 + "/") }
    }
    #expect(written.count > 25 && ours.allSatisfy(written.contains), "\(written)")
    for path in written {
      // Whoever sends may read what is delivered: that folder is open for its group.
      #expect(try mode(workspace.path(path)) & (path == "drop/reports" ? 0o027 : 0o077) == 0, "\(path)")
    }
    #expect(try mode(workspace.path("metrics.prom")) == 0o644, "another program reads them")
  }

  @Test func `under any umask a group reads what is delivered to it, and nobody writes there`() async throws {
    var narrow = billdrop
    narrow.prelude = "umask 077"
    let place = try DropPlace(workspace, narrow, await Sandbox(in: workspace))
    let group = Self.anotherGroup()
    #expect(chown(workspace.path("drop"), uid_t.max, group) == 0 && chmod(workspace.path("drop"), 0o2750) == 0)
    let configuration = try place.configure(#""deliver": {"mode": "0640"}"#)
    try place.put(BillFile.text(rows: 5) { $0 == 3 }, as: "july.csv")
    #expect(try await place.run(configuration).status == 1)
    let report = try #require(place.names("reports").first)
    let files = place.names("reports/\(report)").map { "reports/\(report)/\($0)" }
    #expect(files.count > 4, "\(files)")
    for path in ["reports", "reports/\(report)"] + files {
      let attributes = try FileManager.default.attributesOfItem(atPath: workspace.path("drop/\(path)"))
      #expect(attributes[.groupOwnerAccountID] as? Int == Int(group), "\(path)")
      #expect(attributes[.posixPermissions] as? Int == (files.contains(path) ? 0o640 : 0o750), "\(path)")
    }
  }

  /// A group that this process may give files to: root any, others one that they are in beside their own.
  private static func anotherGroup() -> gid_t {
    if geteuid() == 0 { return 1 }
    var groups = [gid_t](repeating: 0, count: max(Int(getgroups(0, nil)), 0))
    getgroups(Int32(groups.count), &groups)
    return groups.first { $0 != getegid() } ?? getegid()
  }

  @Test(arguments: ["processing", "archive", "rejected", "reports"])
  func `a link in place of a folder of the drop is refused, and nothing comes to where it leads`(name: String)
    async throws
  {
    let place = try DropPlace(workspace, billdrop, await Sandbox(in: workspace))
    try FileManager.default.createDirectory(atPath: workspace.path("elsewhere"), withIntermediateDirectories: true)
    try link("drop/\(name)", to: workspace.path("elsewhere"))
    try place.put(BillFile.text(rows: 3), as: "july.csv")
    let result = try await place.run(place.configure())
    #expect(result.status == 78 && result.errors.contains("drop/\(name) is a symbolic link"), "\(result.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: workspace.path("elsewhere")).isEmpty)
    #expect(place.names("inbound") == ["july.csv"])
    #expect(try await place.sandbox.state().objects.bills == 0)
  }

  @Test func `a file that takes minutes to be digested lets the process end when it is told to`() async throws {
    let place = try DropPlace(workspace, billdrop, await Sandbox(in: workspace))
    let configuration = try place.configure(complete: #"{"by": "checksum"}"#)
    for name in ["a.csv", "b.csv.sha256"] {
      try place.put("x", as: name)
      #expect(truncate(workspace.path("drop/inbound/\(name)"), 1 << 40) == 0)
    }
    try place.put(String(repeating: "0", count: 64), as: "a.csv.sha256")
    try place.put("x", as: "b.csv")
    let program = try billdrop.start(["run", "--config", configuration])
    let deadline = ContinuousClock.now + .seconds(30)
    while !program.reads(workspace.path("drop/inbound/a.csv")), ContinuousClock.now < deadline {
      try await Task.sleep(for: .milliseconds(20))
    }
    program.signal(SIGTERM)
    #expect(try await program.wait(atMost: .seconds(20)) == .exited(75), "\(program.errorText())")
  }

  @Test func `a path of a ledger that was mistyped makes no folders, and only the last one is made`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let file = try workspace.write(BillFile.text(rows: 2), to: "july.csv")
    func run(_ command: [String], _ ledger: String) async throws -> Billdrop.Result {
      try await billdrop.run(command + ["--ledger", workspace.path(ledger)])
    }
    let connection = ["--endpoint", sandbox.endpoint]
    for command in [
      ["submit", file] + connection, ["settle", file] + connection, ["verify", file] + connection, ["status"],
      ["report", file], ["events", "list"], ["reconcile"], ["doctor"] + connection,
    ] {
      _ = try await run(command, "stat/billdrop/ledger.sqlite")
      #expect(!FileManager.default.fileExists(atPath: workspace.path("stat")), "\(command)")
    }
    let told = try await run(["submit", file] + connection, "stat/billdrop/ledger.sqlite")
    #expect(told.status == 78 && told.errors.contains("no folder \(workspace.path("stat")): is the path right?"))
    #expect(try await run(["plan", file] + connection, "stat/billdrop/ledger.sqlite").status == 0)
    #expect(!FileManager.default.fileExists(atPath: workspace.path("stat")), "a plan")
    #expect(try await sandbox.state().objects.bills == 0)
    let made = try await run(["submit", file, "--reports", workspace.reports] + connection, "state/ledger.sqlite")
    #expect(made.status == 0, "\(made.errors)")
  }

  @Test func `a link in the inbound folder is never read, wherever it leads`() async throws {
    let place = try DropPlace(workspace, billdrop, await Sandbox(in: workspace))
    let configuration = try workspace.write(
      """
      {"api": {"endpoint": "\(place.sandbox.endpoint)"}, "ledger": "ledger.sqlite", "reports": "reports",
       "feeds": {"nightly": {"drop": {"path": "drop"}, "complete": {"by": "checksum"}}}}
      """, to: "checksums.json")
    let secret = try workspace.write(BillFile.text(rows: 5, prefix: "SECRET"), to: "elsewhere.csv")
    try link("drop/inbound/july.csv", to: secret)
    _ = try workspace.write("\(String(repeating: "0", count: 64))  july.csv\n", to: "drop/inbound/july.csv.sha256")
    try place.put(BillFile.text(rows: 2), as: "august.csv")
    try link("drop/inbound/august.csv.sha256", to: workspace.path("nothing"))
    let result = try await place.run(configuration)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try await place.sandbox.state().objects.bills == 0)
    #expect(place.names("inbound").contains("july.csv") && result.errors.contains("symbolic link"))
    #expect(try String(contentsOfFile: secret, encoding: .utf8).contains("SECRET"))
  }

  @Test func `a link where a report's file is to be is replaced, and what it leads to stays`() async throws {
    let file = try workspace.write(BillFile.text(rows: 5) { $0 == 3 }, to: "july.csv")
    #expect(try await billdrop.run("validate", file, "--reports", workspace.reports).status == 1)
    let report = try workspace.report(of: "july.csv", command: "validate").folder
    let victim = try workspace.write("precious", to: "victim")
    for name in try FileManager.default.contentsOfDirectory(atPath: report.path) {
      try FileManager.default.removeItem(at: report.appending(path: name))
      try FileManager.default.createSymbolicLink(
        atPath: report.appending(path: name).path, withDestinationPath: victim)
    }
    #expect(try await billdrop.run("validate", file, "--reports", workspace.reports).status == 1)
    #expect(try String(contentsOfFile: victim, encoding: .utf8) == "precious")
    #expect(
      try FileManager.default.attributesOfItem(atPath: report.appending(path: "summary.json").path)[.type]
        as? FileAttributeType == .typeRegular)
  }

  @Test func `a link where a report's folder is to be is replaced, and the index follows none`() async throws {
    let file = try workspace.write(BillFile.text(rows: 5) { $0 == 3 }, to: "july.csv")
    #expect(try await billdrop.run("validate", file, "--reports", workspace.reports).status == 1)
    let report = try workspace.report(of: "july.csv", command: "validate").folder
    let victim = workspace.path("victim")
    try FileManager.default.moveItem(atPath: report.deletingLastPathComponent().path, toPath: victim)
    let before = try FileManager.default.contentsOfDirectory(atPath: victim + "/validate").sorted()
    try FileManager.default.removeItem(atPath: victim + "/validate/issues.csv")
    try FileManager.default.createSymbolicLink(
      atPath: report.deletingLastPathComponent().path, withDestinationPath: victim)
    try FileManager.default.createSymbolicLink(
      atPath: workspace.reports + "/elsewhere-0123456789ab", withDestinationPath: victim)
    #expect(try await billdrop.run("validate", file, "--reports", workspace.reports).status == 1)
    let kind = try FileManager.default.attributesOfItem(atPath: report.deletingLastPathComponent().path)[.type]
    #expect(kind as? FileAttributeType == .typeDirectory)
    #expect(try FileManager.default.contentsOfDirectory(atPath: victim + "/validate").sorted().count < before.count)
    let index = try String(contentsOfFile: workspace.reports + "/index.html", encoding: .utf8)
    #expect(index.contains("july.csv") && !index.contains("elsewhere"))
  }

  @Test func `a link that leads elsewhere is no lock and no ledger's lock file`() async throws {
    let victim = try workspace.write("precious", to: "victim")
    try link("ledger.sqlite.lock", to: victim)
    let sandbox = try await Sandbox(in: workspace)
    let file = try workspace.write(BillFile.text(rows: 3), to: "july.csv")
    let result = try await billdrop.submit(file, to: sandbox)
    #expect([74, 78].contains(result.status), "\(result.status) \(result.errors)")
    #expect(try String(contentsOfFile: victim, encoding: .utf8) == "precious")
    #expect(try await sandbox.state().requests.isEmpty)
  }

  @Test(arguments: [
    "..csv", "...", "$(touch pwned).csv", ";touch pwned;.csv", "`touch pwned`.csv", "--reports.csv", "a b'\"c.csv",
    "%2e%2e%2fx.csv",
  ])
  func `a name can't leave its folder, be an option, or run anything`(name: String) async throws {
    let place = try DropPlace(workspace, billdrop, await Sandbox(in: workspace))
    let configuration = try place.configure(#""filter": ["cat", "{file}"]"#)
    try place.put(BillFile.text(rows: 3), as: name)
    let before = try FileManager.default.contentsOfDirectory(atPath: workspace.folder.path)
    let result = try await place.run(configuration)
    let isHidden = name.hasPrefix(".")
    #expect(result.status == 0, "\(result.errors)")
    #expect(place.names(isHidden ? "inbound" : "archive") == [name])
    let new = Set(try FileManager.default.contentsOfDirectory(atPath: workspace.folder.path)).subtracting(before)
    let ours = ["ledger.sqlite", "reports", "out-", "err-", "home", "state"]
    #expect(new.allSatisfy { name in ours.contains { name.hasPrefix($0) } }, "\(new)")
    #expect(
      try FileManager.default.subpathsOfDirectory(atPath: workspace.folder.path).allSatisfy { !$0.hasSuffix("pwned") })
  }

  @Test(arguments: ["../../customers/x", "a/../b", "..%2f..", "bill_1", "A?x=1", "A#1", "A\\u0000"])
  func `a reference that would be another path at the API is rejected, and never sent`(reference: String) async throws {
    let sandbox = try await Sandbox(in: workspace)
    let lines = BillFile.text(rows: 2).split(separator: "\n", omittingEmptySubsequences: false)
    let text = lines.map { $0.hasPrefix("B-1,") ? "\"\(reference)\"" + $0.dropFirst(3) : String($0) }
    let file = try workspace.write(text.joined(separator: "\n"), to: "july.csv")
    let result = try await billdrop.submit(file, to: sandbox)
    #expect(result.status == 1, "\(result.errors)")
    #expect(try result.summary().nonzeroOutcomes == ["created": 1, "rejected": 1])
    #expect(try await sandbox.log().allSatisfy { $0.path == "/billing/bills" })
  }
}
