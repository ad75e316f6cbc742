import Foundation
import Testing

/// Options that take a file, given what is none: each says so at once, and ends as it should.
@Suite(.fewAtATime) struct HostileInputTests {
  private let workspace: Workspace
  private let billdrop: Billdrop
  private let bills: String

  init() throws {
    workspace = try Workspace()
    var billdrop = Billdrop(workspace: workspace)
    billdrop.environment["COLUMNS"] = "200"
    self.billdrop = billdrop
    bills = try workspace.write(BillFile.text(rows: 1) { _ in false }, to: "bills.csv")
  }

  /// Things that are no small file, and what is said of each.
  private func oddities() throws -> [(path: String, words: String)] {
    let pipe = workspace.path("pipe")
    if !FileManager.default.fileExists(atPath: pipe) { #expect(mkfifo(pipe, 0o600) == 0) }
    let folder = workspace.folder.appending(path: "folder")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let large = workspace.path("large")
    _ = try workspace.write("", to: "large")
    #expect(truncate(large, 8 << 30) == 0)
    return [
      (pipe, "is a pipe"), ("/dev/zero", "is a device"), (try socket(), "is a socket"), (folder.path, "is a folder"),
      (large, "is larger than"), (workspace.path("none"), " no "),
    ]
  }

  private func socket() throws -> String {
    let path = workspace.path("socket")
    if FileManager.default.fileExists(atPath: path) { return path }
    let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8).prefix($0.count - 1)) }
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard bound == 0 else { throw TestFault("no socket: \(errno)") }
    return path
  }

  private static let submit = ["submit", "BILLS", "--endpoint", "http://127.0.0.1:9", "--ledger", "LEDGER"]

  /// A command with an oddity in it, and how it ends for each kind.
  private static let uses: [(command: [String], status: Set<Int>)] = [
    (["validate", "BILLS", "--layout", "ODD"], [78]),
    (["show", "BILLS", "--layout", "ODD"], [78]),
    (["layout", "check", "ODD"], [66, 78]),
    (["diff", "BILLS", "BILLS", "--old-layout", "ODD"], [78]),
    (submit + ["--layout", "ODD"], [78]),
    (submit + ["--key-file", "ODD"], [77]),
    (submit + ["--plan", "ODD"], [66]),
    (submit + ["--ca-file", "ODD"], [78]),
    (submit + ["--config", "ODD"], [66, 78]),
    (submit + ["--receipt-key-file", "ODD"], [78]),
    (["doctor", "--endpoint", "https://127.0.0.1:9", "--ledger", "LEDGER", "--ca-file", "ODD"], [69]),
    (["doctor", "--endpoint", "http://127.0.0.1:9", "--ledger", "LEDGER", "--key-file", "ODD"], [69, 77]),
    (["config", "check", "ODD"], [66, 78]),
    (["run", "--config", "ODD"], [66, 78]),
    (["verify", "BILLS", "--receipt", "ODD"], [65, 66]),
    (["events", "serve", "--port", "0", "--ledger", "LEDGER", "--secret-file", "ODD"], [78]),
  ]

  @Test(arguments: uses.indices)
  func `what is no small file is refused in words, and at once`(_ index: Int) async throws {
    let use = Self.uses[index]
    for (path, words) in try oddities() {
      let command = use.command.map { ["ODD": path, "BILLS": bills, "LEDGER": workspace.ledger][$0] ?? $0 }
      let program = try billdrop.start(command)
      let ending = try await program.wait(atMost: .seconds(60))
      let text = (program.outputText() + program.errorText()).split(whereSeparator: \.isWhitespace)
        .joined(separator: " ")
      guard case .exited(let status) = ending else { throw TestFault("\(command): \(ending)") }
      #expect(use.status.contains(status), "\(command) \(status) \(text)")
      // A receipt has words of its own.
      #expect(use.command[0] == "verify" || text.contains(words), "\(command) \(text)")
    }
  }

  /// Files of any size, whose kind is what counts.
  @Test func `events and reports of Moment's come from files, and nothing waits for a pipe`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    _ = try await billdrop.submit(bills, to: sandbox)
    for (path, words) in try oddities() where words != "is larger than" {
      for command in [["events", "import", path], ["reconcile", "--recon", path, "--reports", workspace.reports]] {
        let result = try await billdrop.run(command + ["--ledger", workspace.ledger])
        #expect(result.status == 66 && result.errors.contains(words), "\(command) \(result.status) \(result.errors)")
      }
    }
    let empty = try workspace.write("", to: "empty")
    let result = try await billdrop.run("validate", bills, "--layout", empty)
    #expect(result.status == 78, "\(result.errors)")
  }

  @Test func `a named pipe is read as a file is, and it is said that this is waited for`() async throws {
    let pipe = workspace.path("waiting.csv")
    #expect(mkfifo(pipe, 0o600) == 0)
    let program = try billdrop.start(["validate", pipe])
    let deadline = ContinuousClock.now + .seconds(30)
    while !program.errorText().contains("is a pipe"), ContinuousClock.now < deadline {
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(program.errorText().contains("waiting.csv is a pipe: it is read until its writers are gone"))
    try #require(FileHandle(forWritingAtPath: pipe)).write(contentsOf: Data(BillFile.text(rows: 3).utf8))
    #expect(try await program.wait() == .exited(0), "\(program.errorText())")
    #expect(program.outputText().contains("3 read = 3 valid"), "\(program.outputText())")
  }

  @Test func `a pipe in place of the side file of a bill file is no side file`() async throws {
    let layout = try workspace.write(
      """
      {"name": "side", "format": "csv", "fields": {"external_reference": "external_reference", "currency": "currency",
        "amount_due": "amount_due", "bill_date": "bill_date",
        "customer.external_reference": "account.customer.external_reference"},
       "control": {"side_file": {"name": "{name}.ctl"}, "count": {"side_file": "bills"}}}
      """, to: "side.json")
    _ = try workspace.write("bills=1\n", to: "bills.csv.ctl")
    let right = try await billdrop.run("validate", bills, "--layout", layout)
    #expect(right.status == 0, "\(right.output)\(right.errors)")
    try FileManager.default.removeItem(atPath: bills + ".ctl")
    #expect(mkfifo(bills + ".ctl", 0o600) == 0)
    let program = try billdrop.start(["validate", bills, "--layout", layout])
    #expect(try await program.wait(atMost: .seconds(60)) == .exited(65), "\(program.outputText())")
  }
}
