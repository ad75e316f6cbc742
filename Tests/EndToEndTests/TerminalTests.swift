import Foundation
import Testing

/// Colour, progress and interruption as a person at a terminal meets them.
@Suite(.fewAtATime) struct TerminalTests {
  private let workspace: Workspace

  init() throws { workspace = try Workspace() }

  @Test func `a terminal gets colour`() async throws {
    let result = try await Terminal(workspace: workspace).run("$BILLDROP validate \(Place.sample("small.csv"))")
    #expect(result.status == 1)
    #expect(result.text.contains("\u{1B}[1;33m!\u{1B}[0m"))
  }

  @Test(arguments: [["NO_COLOR": "1"], ["TERM": "dumb"]])
  func `a terminal that wants no colour gets none`(_ environment: [String: String]) async throws {
    let terminal = Terminal(workspace: workspace, environment: environment)
    let result = try await terminal.run("$BILLDROP validate \(Place.sample("small.csv"))")
    #expect(result.text.contains("small.csv: 1 of 10 rows"))
    #expect(!result.text.contains("\u{1B}"))
  }

  @Test func `an empty NO_COLOR forbids nothing`() async throws {
    let terminal = Terminal(workspace: workspace, environment: ["NO_COLOR": ""])
    #expect(try await terminal.run("$BILLDROP validate \(Place.sample("small.csv"))").text.contains("\u{1B}[1;33m"))
  }

  @Test(arguments: [40, 120])
  func `an answer fits the terminal that it is seen on`(_ columns: Int) async throws {
    let terminal = Terminal(workspace: workspace, columns: columns, environment: ["NO_COLOR": "1"])
    let lines = try await terminal.run("$BILLDROP validate \(Place.sample("faults.csv"))").lines
    #expect(lines.count <= 25)
    #expect(lines.allSatisfy { $0.count <= columns })
    #expect(lines.contains { $0.count > columns - 12 })
  }

  @Test(arguments: [20, 40, 80, 200])
  func `a check that takes a second shows rows and pace on one line and takes it away`(_ columns: Int) async throws {
    let feed = "(cat \(Place.sample("small.csv")); for i in 1 2 3 4 5 6 7; do sleep 0.3; head -c 1200000 more; done)"
    try writeMore()
    let terminal = Terminal(workspace: workspace, columns: columns, environment: ["NO_COLOR": "1"])
    let result = try await terminal.run("\(feed) | $BILLDROP validate - --max-issues 1")
    #expect(!result.progress.isEmpty, "\(result.text)")
    #expect(result.progress.allSatisfy { $0.count < columns && $0.contains("rows") }, "\(result.progress)")
    if columns >= 40 { #expect(result.progress.allSatisfy { $0.contains("MB/s") }) }
    #expect(!result.lines.contains { $0.contains("MB/s") }, "\(result.lines)")
    #expect(result.lines.first?.contains("stdin") == true)
  }

  @Test func `a log gets a line every few seconds, and nothing that moves a cursor`() async throws {
    try writeMore()
    let feed = "(cat \(Place.sample("small.csv")); for i in 1 2 3 4 5 6 7; do sleep 0.9; head -c 1200000 more; done)"
    let shell = "\(feed) | \(Place.binaries.appending(path: "billdrop").path) validate - --format json"
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "\(shell) >out 2>log"]
    process.currentDirectoryURL = workspace.folder
    try process.run()
    while process.isRunning { try await Task.sleep(for: .milliseconds(20)) }
    let log = String(decoding: try Data(contentsOf: workspace.folder.appending(path: "log")), as: UTF8.self)
    let lines = log.split(separator: "\n")
    #expect(!lines.isEmpty && lines.count < 8, "\(log)")
    #expect(lines.allSatisfy { $0.hasPrefix("billdrop: ") && $0.contains("rows") }, "\(log)")
    #expect(!log.contains("\u{1B}") && !log.contains("\r"))
  }

  @Test(arguments: ["fifo", "-"])
  func `an interrupt ends a wait for bytes that don't come`(_ input: String) async throws {
    #expect(mkfifo(workspace.path("fifo"), 0o600) == 0)
    let program = try Program(
      "billdrop", ["validate", input], in: workspace, standardInput: input == "-" ? try silentPipe() : nil)
    try await program.wait(untilItCatches: SIGINT)
    program.signal(SIGINT)
    #expect(try await program.wait(atMost: .seconds(5)) == .exited(75))
    #expect(program.outputText().contains("stopped before its end"), "\(program.outputText())\(program.errorText())")
    #expect(!program.outputText().contains("file.empty"))
  }

  @Test func `an interrupt tells what was found so far, and no record that is cut`() async throws {
    #expect(mkfifo(workspace.path("fifo"), 0o600) == 0)
    let program = try Program("billdrop", ["validate", "fifo"], in: workspace)
    let writer = try FileHandle(forUpdating: URL(filePath: workspace.path("fifo")))
    let text = BillFile.text(rows: 20_000) { $0 % 5_000 == 0 }
    let cut = text.utf8.dropLast(40)
    let feed = Task.detached { writer.write(Data(cut)) }
    await feed.value
    try await program.wait(untilItCatches: SIGINT)
    try await Task.sleep(for: .milliseconds(1500))
    program.signal(SIGINT)
    #expect(try await program.wait(atMost: .seconds(5)) == .exited(75))
    try writer.close()
    let output = program.outputText()
    #expect(output.contains("stopped before its end"), "\(output)")
    #expect(output.contains("amount.range"), "\(output)")
    #expect(!output.contains("record.too-few-fields"), "\(output)")
  }

  @Test func `a device without an end is said to be binary`() async throws {
    let billdrop = Billdrop(workspace: workspace, environment: ["COLUMNS": "200"])
    let result = try await billdrop.run("validate", "/dev/zero")
    #expect(result.status == 65)
    #expect(result.output.contains("not text") && result.output.contains("no end in sight"), "\(result.output)")
  }

  /// Rows enough to go on with.
  private func writeMore() throws {
    let row = "M-1,ZAR,1001,2025-07-01,2025-07-25,A-001,1 Loop Street,C-001,Resident 1\n"
    _ = try workspace.write(String(repeating: row, count: 17_000), to: "more")
  }

  /// A named pipe that somebody holds open and writes nothing to.
  private func silentPipe() throws -> String {
    let path = workspace.path("silent")
    guard mkfifo(path, 0o600) == 0, open(path, O_RDWR) >= 0 else { throw TestFault("no pipe") }
    return path
  }
}
