import Foundation
import Testing

/// `billdrop run` as a service: what the service manager is told, what a log says, what a signal does.
@Suite(.fewAtATime)
struct RunServiceTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  private func place(_ billdrop: Billdrop) async throws -> DropPlace {
    try DropPlace(workspace, billdrop, await Sandbox(in: workspace))
  }

  @Test func `systemd is told ready, alive, reloading and stopping`() async throws {
    let socket = try NotifySocket(in: workspace)
    var service = billdrop
    service.environment["NOTIFY_SOCKET"] = socket.path
    service.environment["WATCHDOG_USEC"] = "300000"
    let place = try await place(service)
    let configuration = try place.configure()
    let watching = try service.start(["run", "--config", configuration, "--watch"])
    try await socket.wait { $0.contains { $0.hasPrefix("READY=1\nSTATUS=watching 1 feed") } }
    try await socket.wait { $0.count { $0 == "WATCHDOG=1" } >= 4 }
    watching.signal(SIGHUP)
    try await socket.wait { messages in
      guard let reload = messages.firstIndex(where: { $0.hasPrefix("RELOADING=1\nMONOTONIC_USEC=") }) else {
        return false
      }
      return messages[reload...].contains { $0.hasPrefix("READY=1") }
    }
    watching.signal(SIGTERM)
    try await socket.wait { $0.contains("STOPPING=1") }
    #expect(try await watching.wait(atMost: .seconds(40)) == .exited(0))
  }

  @Test func `a run that is told to end doesn't wait for programs that it tells of files, and each is told once`()
    async throws
  {
    let place = try await place(billdrop)
    let hook = "{ cat; echo; } >> told.json; ! test -e hang || exec sleep 60"
    let configuration = try place.configure(
      #""files": ".*""#, top: #""poll": 0.2, "notify": {"on_finish": ["sh", "-c", "\#(hook)"]}"#)
    let hang = try workspace.write("", to: "hang")
    for name in ["a", "b", "c", "d"] { try place.put(BillFile.text(rows: 3, prefix: name), as: name + ".csv") }
    let watching = try billdrop.start(["run", "--config", configuration, "--watch"])
    let told = { (try? String(contentsOfFile: workspace.path("told.json"), encoding: .utf8)) ?? "" }
    try await until("told") { !told().isEmpty }
    watching.signal(SIGTERM)
    // As long as our units wait less what is given to rows in flight.
    _ = try await watching.wait(atMost: .seconds(50))
    #expect(watching.errorText().contains("was ended"), "\(watching.errorText())")
    try FileManager.default.removeItem(atPath: hang)
    #expect(try await place.run(configuration).status == 0)
    #expect(try await place.run(configuration).status == 0)
    for name in ["a", "b", "c", "d"] {
      #expect(told().components(separatedBy: "\"file\":\"\(name).csv\"").count == 2, "\(told())")
    }
  }

  @Test func `a signal to read again takes the new configuration, and keeps the old one where the new one is wrong`()
    async throws
  {
    let place = try await place(billdrop)
    let configuration = try place.configure(top: #""poll": 0.2"#)
    let watching = try billdrop.start(["run", "--config", configuration, "--watch"])
    try await until("watching") { watching.errorText().contains("watching nightly") }
    _ = try place.configure(#""order": {}"#, top: #""poll": 0.2"#)
    watching.signal(SIGHUP)
    try await until("told") { watching.errorText().contains("the old one stands") }
    #expect(watching.errorText().contains("/feeds/nightly/order"))
    try place.put(BillFile.text(rows: 3), as: "a.csv")
    try await until("taken by the old one") { place.names("archive") == ["a.csv"] }
    _ = try place.configure(#""files": ".*\\.txt""#, top: #""poll": 0.2"#)
    watching.signal(SIGHUP)
    try await until("read again") { watching.errorText().contains("was read again") }
    try place.put(BillFile.text(rows: 3, prefix: "C"), as: "b.csv")
    try place.put(BillFile.text(rows: 3, prefix: "D"), as: "b.txt")
    try await until("taken by the new one") { place.names("archive").contains("b.txt") }
    #expect(place.names("inbound") == ["b.csv"])
    watching.signal(SIGTERM)
    #expect(try await watching.wait(atMost: .seconds(40)) == .exited(0), "\(watching.errorText())")
  }

  @Test func `a ledger that the new configuration names by another path is gone on with`() async throws {
    let place = try await place(billdrop)
    let configuration = try place.configure(top: #""poll": 0.2"#)
    try FileManager.default.createSymbolicLink(atPath: workspace.path("other"), withDestinationPath: ".")
    let watching = try billdrop.start(["run", "--config", configuration, "--watch"])
    try await until("watching") { watching.errorText().contains("watching nightly") }
    _ = try place.configure(top: #""poll": 0.2"#, ledger: "other/ledger.sqlite")
    watching.signal(SIGHUP)
    try await until("read again, \(watching.errorText())") { watching.errorText().contains("was read again") }
    try place.put(BillFile.text(rows: 3), as: "a.csv")
    try await until("taken") { place.names("archive") == ["a.csv"] }
    #expect(!watching.errorText().contains("in use"), "\(watching.errorText())")
    watching.signal(SIGTERM)
    #expect(try await watching.wait(atMost: .seconds(40)) == .exited(0), "\(watching.errorText())")
  }

  @Test func `where the new configuration can't be gone by, as without its key, the old one stands`() async throws {
    var keyless = billdrop
    keyless.key = nil
    let place = try DropPlace(workspace, keyless, await Sandbox(in: workspace))
    let key = try workspace.write(Billdrop.key + "\n", to: "key")
    #expect(chmod(key, 0o600) == 0)
    let configuration = try workspace.write(
      """
      {"api": {"endpoint": "\(place.sandbox.endpoint)", "key_file": "key"}, "limits": {"rate": 2000},
       "ledger": "ledger.sqlite", "reports": "reports", "poll": 0.2,
       "feeds": {"nightly": {"drop": {"path": "drop"}, "complete": {"seconds": 0.3}}}}
      """, to: "billdrop.json")
    let watching = try keyless.start(["run", "--config", configuration, "--watch"])
    try await until("watching") { watching.errorText().contains("watching nightly") }
    try FileManager.default.removeItem(atPath: key)
    watching.signal(SIGHUP)
    try await until("told") { watching.errorText().contains("the old one stands") }
    try place.put(BillFile.text(rows: 3), as: "a.csv")
    try await until("taken by the old one") { place.names("archive") == ["a.csv"] }
    // Nobody else has had the ledger meanwhile, and nobody has it now.
    #expect(try await place.run(configuration).status == 77)
    _ = try workspace.write(Billdrop.key + "\n", to: "key")
    #expect(chmod(key, 0o600) == 0)
    #expect(try await place.run(configuration).status == 75)
    watching.signal(SIGHUP)
    try await until("read again") { watching.errorText().contains("was read again") }
    try place.put(BillFile.text(rows: 3, prefix: "C"), as: "b.csv")
    try await until("taken by the new one") { place.names("archive") == ["a.csv", "b.csv"] }
    watching.signal(SIGTERM)
    #expect(try await watching.wait(atMost: .seconds(40)) == .exited(0), "\(watching.errorText())")
  }

  @Test func `told to end, it finishes what is in flight, and the next run goes on`() async throws {
    let place = try DropPlace(workspace, billdrop, await Sandbox(in: workspace, "--latency", "50"))
    let slow = try place.configure(#""limits": {"rate": 150}"#, top: #""poll": 0.2"#)
    try place.put(BillFile.text(rows: 2_000), as: "a.csv")
    let watching = try billdrop.start(["run", "--config", slow, "--watch"])
    try await until("sending") { try await place.sandbox.state().objects.bills > 20 }
    watching.signal(SIGTERM)
    #expect(try await watching.wait(atMost: .seconds(40)) == .exited(75), "\(watching.errorText())")
    let sent = try await place.sandbox.state().objects.bills
    #expect(sent < 2_000)
    #expect(place.claimed == ["a.csv"])
    let fast = try place.configure()
    #expect(try await place.run(fast).status == 0)
    #expect(try await place.sandbox.state().objects.bills == 2_000)
    #expect(place.names("archive") == ["a.csv"])
  }

  @Test func `each line of a JSON log is an object with its run, file and row`() async throws {
    let place = try await place(billdrop)
    let configuration = try place.configure(top: #""metrics": "billdrop.prom""#)
    try place.put(BillFile.text(rows: 6) { $0 == 4 }, as: "a.csv")
    try FileManager.default.createSymbolicLink(
      atPath: workspace.path("drop/inbound/link.csv"), withDestinationPath: "/etc/passwd")
    let result = try await place.run(configuration, "--log", "json")
    #expect(result.status == 1, "\(result.errors)")
    struct Line: Decodable {
      let time: String
      let level: String
      let run: String
      let file: String?
      let row: Int?
      let code: String?
      let message: String
    }
    let lines = try result.errors.split(separator: "\n").map {
      try JSONDecoder().decode(Line.self, from: Data($0.utf8))
    }
    #expect(lines.contains { $0.file == "a.csv" && $0.row == 4 && $0.code == "amount.range" }, "\(lines)")
    #expect(lines.contains { $0.file == "link.csv" && $0.level == "warning" && $0.message.contains("symbolic link") })
    #expect(Set(lines.map(\.run)).count == 1 && lines.allSatisfy { $0.time.hasSuffix("Z") })
    let metrics = try String(contentsOfFile: workspace.path("billdrop.prom"), encoding: .utf8)
    #expect(metrics.contains(#"billdrop_files_total{feed="nightly",verdict="complete_with_rejects"} 1"#))
  }

  private func until(_ what: String, _ isSo: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(40)
    while try await !isSo() {
      guard ContinuousClock.now < deadline else { throw TestFault("never: \(what)") }
      try await Task.sleep(for: .milliseconds(20))
    }
  }
}
