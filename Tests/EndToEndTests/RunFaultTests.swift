import Foundation
import SeededRandoms
import Testing

/// What goes wrong around a drop: files that change under the reader, disks that are full, processes that are killed.
@Suite(.fewAtATime)
struct RunFaultTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  private func place() async throws -> DropPlace {
    try DropPlace(workspace, billdrop, await Sandbox(in: workspace))
  }

  // MARK: Files that change while they are read

  enum Change: CaseIterable { case grows, shrinks, isReplaced, vanishes }

  @Test(arguments: Change.allCases)
  func `a file that changes while it is sent is told, and what then lies there is sent, nothing twice`(
    _ change: Change
  ) async throws {
    let place = try await place()
    let slow = try place.configure(#""limits": {"rate": 200}"#)
    let text = BillFile.text(rows: 500)
    try place.put(text, as: "a.csv")
    let running = try billdrop.start(["run", "--config", slow])
    try await until("sending") { try await place.sandbox.state().objects.bills > 20 }
    let claim = try #require(place.names("processing").first.map { workspace.path("drop/processing/\($0)/a.csv") })
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    switch change {
    case .grows:
      let handle = try FileHandle(forWritingTo: URL(filePath: claim))
      try handle.seekToEnd()
      try handle.write(contentsOf: Data(BillFile.text(rows: 30, prefix: "M").dropFirst(BillFile.headings.count).utf8))
      try handle.close()
    case .shrinks: truncate(claim, off_t(lines[...300].joined(separator: "\n").utf8.count + 1))
    case .isReplaced: try Data(BillFile.text(rows: 40, prefix: "R").utf8).write(to: URL(filePath: claim))
    case .vanishes: try FileManager.default.removeItem(atPath: claim)
    }
    let ending = try await running.wait()
    // What was appended after the file was read is no reason to call it done.
    guard case .exited(let status) = ending else { throw TestFault("\(ending)") }
    #expect(status == 75 || change == .vanishes && status == 74, "\(status) \(running.errorText())")
    let fast = try place.configure()
    let next = try await place.run(fast)
    let bills = try await place.sandbox.bills()
    let references = bills.map(\.external_reference)
    #expect(Set(references).count == references.count)
    let first = Set(references.filter { $0.hasPrefix("B-") })
    switch change {
    case .grows:
      #expect(next.status == 0 && references.count == 530, "\(next.errors)")
    case .shrinks:
      #expect(next.status == 0 && first.isSuperset(of: (1...300).map { "B-\($0)" }), "\(next.errors)")
    case .isReplaced:
      #expect(next.status == 0 && references.count { $0.hasPrefix("R-") } == 40, "\(next.errors)")
    case .vanishes:
      // All of it had been read, or it stopped: either way it is said that somebody took it.
      #expect(next.status == 75 && next.output.contains("Somebody took the file away"), "\(next.output)")
    }
    #expect(place.names("archive") == (change == .vanishes ? [] : ["a.csv"]))
    #expect(place.claimed.isEmpty)
    #expect(try await place.run(fast).status == 0)
  }

  // MARK: Odd names

  @Test func `no name leads out of the drop, and none is too long for it`() async throws {
    let place = try await place()
    let configuration = try place.configure()
    let long = String(repeating: "n", count: 251) + ".csv"
    for (number, name) in ["..csv", "a..b.csv", "..a.csv", "%2e%2e%2fetc.csv", "new\nline.csv", long].enumerated() {
      try place.put(BillFile.text(rows: 2, prefix: "P\(number)"), as: name)
    }
    let result = try await place.run(configuration)
    #expect(result.status == 0, "\(result.errors)")
    // What begins with a dot is hidden, and is passed over.
    #expect(Set(place.names("inbound")) == ["..csv", "..a.csv", "new\nline.csv"])
    #expect(Set(place.names("archive")) == ["a..b.csv", "%2e%2e%2fetc.csv", long])
    #expect(place.names("reports").count == 3)
    #expect(result.errors.contains("control characters") && !result.errors.contains("new\nline"))
    #expect(try await place.sandbox.state().objects.bills == 6)
    // The same name again, with other bytes: both are kept.
    try place.put(BillFile.text(rows: 2, prefix: "Q"), as: long)
    #expect(try await place.run(configuration).status == 0)
    let names = place.names("archive")
    #expect(names.count == 4 && names.allSatisfy { $0.utf8.count <= 255 })
  }

  @Test func `very many files that no feed takes are counted, not listed, and hide none that one takes`() async throws {
    let place = try await place()
    let configuration = try place.configure(#""files": "b_.*\\.csv""#)
    for number in 0..<3000 { try Data().write(to: URL(filePath: workspace.path("drop/inbound/other-\(number).dat"))) }
    for number in 0..<20 { try place.put(BillFile.text(rows: 1, prefix: "K\(number)"), as: "b_\(number).csv") }
    let result = try await place.run(configuration)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try await place.sandbox.state().objects.bills == 20)
    #expect(place.names("inbound").count == 3000)
    #expect(result.errors.split(separator: "\n").count { $0.contains("no feed takes") } == 21, "\(result.errors)")
    #expect(result.errors.contains("and 2980 more"), "\(result.errors.suffix(2000))")
  }

  // MARK: Full disks

  /// A file system of so many kilobytes at a path, while it is in use; only root may.
  private final class SmallDisk {
    private let path: String

    init(_ path: String, kilobytes: Int) throws {
      self.path = path
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      guard Self.system("mount", "-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", path) else {
        throw TestFault("no tmpfs at \(path)")
      }
    }

    deinit { _ = Self.system("umount", path) }

    func grow(toKilobytes kilobytes: Int) throws {
      guard Self.system("mount", "-o", "remount,size=\(kilobytes)k", path) else { throw TestFault("no remount") }
    }

    static func system(_ command: String...) -> Bool {
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = command
      process.standardError = FileHandle.nullDevice
      guard (try? process.run()) != nil else { return false }
      process.waitUntilExit()
      return process.terminationStatus == 0
    }

    /// Whether this process may mount file systems.
    static let isAllowed: Bool = {
      let path = FileManager.default.temporaryDirectory.appending(path: "billdrop-mount-\(UUID().uuidString)").path
      defer { try? FileManager.default.removeItem(atPath: path) }
      return (try? SmallDisk(path, kilobytes: 64)) != nil
    }()
  }

  @Test(.enabled(if: SmallDisk.isAllowed, "only root may make a small disk"))
  func `a disk that is full while a report is delivered loses nothing: the file is put away once there is room`()
    async throws
  {
    let place = try await place()
    let configuration = try place.configure()
    let disk = try SmallDisk(workspace.path("drop/reports"), kilobytes: 64)
    try place.put(BillFile.text(rows: 1500), as: "a.csv")
    try place.put(BillFile.text(rows: 5, prefix: "S"), as: "b.csv")
    let full = try await place.run(configuration)
    #expect(full.status == 74, "\(full.errors)")
    #expect(full.errors.contains("a.csv") && full.errors.contains("No space left"), "\(full.errors)")
    #expect(place.claimed == ["a.csv"])
    let report = try #require(place.names("reports").first { $0.hasPrefix("a.csv") })
    #expect(!place.names("reports/\(report)").contains("summary.json"))
    let requests = try await place.sandbox.state().requests
    try disk.grow(toKilobytes: 4096)
    let next = try await place.run(configuration)
    #expect(next.status == 0, "\(next.errors)")
    #expect(place.names("archive") == ["a.csv", "b.csv"])
    #expect(place.names("reports/\(report)").contains("summary.json"))
    #expect(try await place.sandbox.state().requests == requests)
    #expect(try await place.sandbox.state().objects.bills == 1505)
  }

  @Test func `a report that can't be written here stops nothing for good, and nothing goes twice`() async throws {
    let place = try await place()
    let configuration = try place.configure(#""reports": "small""#)
    try place.put(BillFile.text(rows: 3000), as: "a.csv")
    var limited = billdrop
    // 200 KB a file: enough for a ledger's journal of few rows at a time, not for the table of 3,000 rows.
    limited.fileLimit = 400
    let full = try await limited.run("run", "--config", configuration)
    #expect(full.status == 74, "\(full.errors)")
    let next = try await place.run(configuration)
    #expect(next.status == 0, "\(next.errors)")
    #expect(try await place.sandbox.state().objects.bills == 3000)
    #expect(place.names("archive") == ["a.csv"])
  }

  @Test(.enabled(if: SmallDisk.isAllowed, "only root may mount"))
  func `an archive that can't be written to is told, other files go on, and nothing is sent again`() async throws {
    let place = try await place()
    let configuration = try place.configure(top: #""notify": {"on_problem": ["tee", "-a", "problem.json"]}"#)
    let archive = workspace.path("drop/archive")
    try FileManager.default.createDirectory(atPath: archive, withIntermediateDirectories: true)
    #expect(SmallDisk.system("mount", "--bind", archive, archive))
    #expect(SmallDisk.system("mount", "-o", "remount,ro,bind", archive))
    defer { _ = SmallDisk.system("umount", archive) }
    try place.put(BillFile.text(rows: 5), as: "a.csv")
    try place.put(BillFile.text(rows: 5, prefix: "S"), as: "b.csv")
    let refused = try await place.run(configuration)
    #expect(refused.status == 74, "\(refused.errors)")
    #expect(try await place.sandbox.state().objects.bills == 10)
    #expect(Set(place.claimed) == ["a.csv", "b.csv"])
    let told = try String(contentsOfFile: workspace.path("problem.json"), encoding: .utf8)
    #expect(told.contains("a.csv") && told.contains("b.csv"))
    #expect(told.contains("Its rows are done, and none is sent again"))
    let requests = try await place.sandbox.state().requests
    #expect(SmallDisk.system("umount", archive))
    #expect(try await place.run(configuration).status == 0)
    #expect(place.names("archive") == ["a.csv", "b.csv"])
    #expect(try await place.sandbox.state().requests == requests)
  }

  // MARK: Killed

  @Test func `a claim that a killed run left is taken up by the next pass, with a done-file too`() async throws {
    let place = try await place()
    let configuration = try place.configure(complete: #"{"by": "done-file"}"#)
    try place.put(BillFile.text(rows: 5), as: "a.csv")
    try place.put("", as: "a.csv.done")
    var killed = billdrop
    killed.environment["BILLDROP_CRASH_AT"] = "taken:1"
    let dying = try killed.start(["run", "--config", configuration])
    #expect(try await dying.wait() == .signalled(9))
    #expect(place.claimed.sorted() == ["a.csv", "a.csv.done"])
    let next = try await place.run(configuration)
    #expect(next.status == 0 && place.names("archive") == ["a.csv", "a.csv.done"], "\(next.errors)")
    #expect(try await place.sandbox.state().objects.bills == 5)
  }

  @Test func `two watchers on one drop, killed at random, take each file once`() async throws {
    let seed = UInt64.random(in: 1...1_000_000)
    var random = SeededRandom(seed: seed)
    let place = try await place()
    let configurations = try ["one", "two"].map {
      try place.configure(top: #""poll": 0.1"#, name: "\($0).json", ledger: "\($0).sqlite")
    }
    var watchers = try configurations.map { try billdrop.start(["run", "--config", $0, "--watch"]) }
    for number in 1...12 {
      try place.put(BillFile.text(rows: 12, prefix: "W\(number)"), as: "w\(number).csv")
      try await Task.sleep(for: .milliseconds(Int.random(in: 0...350, using: &random)))
      let victim = Int.random(in: 0...1, using: &random)
      watchers[victim].signal(SIGKILL)
      _ = try await watchers[victim].wait()
      watchers[victim] = try billdrop.start(["run", "--config", configurations[victim], "--watch"])
    }
    let expected = Set((1...12).map { "w\($0).csv" })
    try await until("all are archived, seed \(seed)") {
      Set(place.names("archive")) == expected && place.names("inbound").isEmpty && place.claimed.isEmpty
    }
    for watcher in watchers { watcher.signal(SIGTERM) }
    for watcher in watchers { #expect(try await watcher.wait(atMost: .seconds(40)) == .exited(0), "seed \(seed)") }
    let references = try await place.sandbox.bills().map(\.external_reference)
    #expect(references.count == 144 && Set(references).count == 144, "seed \(seed)")
    #expect(place.names("inbound").isEmpty && place.claimed.isEmpty, "seed \(seed)")
  }

  private func until(_ what: String, _ isSo: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(50)
    while try await !isSo() {
      guard ContinuousClock.now < deadline else { throw TestFault("never: \(what)") }
      try await Task.sleep(for: .milliseconds(20))
    }
  }
}
