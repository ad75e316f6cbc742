import Foundation
import Testing

/// Files made to fill the memory: each ends in words, and takes no more of it than any record of its size.
@Suite(.fewAtATime) struct HostileFileTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  /// Runs what its arguments say after the first, writes how much memory that had at most (`ru_maxrss` of getrusage(2), in
  /// kB) to the first, and ends as it ended.
  private static let gauge = """
    import os, resource, subprocess, sys
    ended = subprocess.run(sys.argv[2:]).returncode
    with open(sys.argv[1], "w") as file:
        file.write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
    if ended < 0:
        os.kill(os.getpid(), -ended)
    sys.exit(ended)
    """

  /// Runs billdrop, and says how much memory it had at most, in MB.
  private func peak(_ arguments: [String]) async throws -> (status: Program.Ending, megabytes: Int, text: String) {
    let gauge = try workspace.write(Self.gauge, to: "gauge.py")
    let peak = workspace.path("peak.txt")
    var measured = billdrop
    measured.prelude = "exec python3 '\(gauge)' '\(peak)' \"$0\" \"$@\""
    let program = try measured.start(arguments)
    let ending = try await program.wait(atMost: .seconds(300))
    let kilobytes = try #require(Int(String(contentsOfFile: peak, encoding: .utf8)))
    return (ending, kilobytes / 1024, program.outputText() + program.errorText())
  }

  /// Files by what they are made for.
  private static let kinds: [(name: String, text: @Sendable () -> String)] = [
    ("a heading of a million columns", { String(repeating: "metadata.k,", count: 1_000_000) + "\n1,2\n" }),
    ("a row of ten million fields", { BillFile.headings + String(repeating: ",", count: 10_000_000) + "\n" }),
    ("a quote that is never closed", { BillFile.headings + "\"" + String(repeating: "x\n", count: 20_000_000) }),
    ("a field of forty megabytes", { BillFile.headings + String(repeating: "y", count: 40_000_000) + ",ZAR,1\n" }),
    (
      "a fault in every one of 300,000 rows",
      { BillFile.headings + String(repeating: "\u{FF}=x,,,,,,,\n", count: 300_000) }
    ),
    ("a megabyte of brackets", { String(repeating: "[", count: 1_000_000) }),
    ("rows of commas as long as a row may be", { BillFile.headings + rows(of: ",", count: 1_048_575) }),
    ("rows of quotes as long as a row may be", { BillFile.headings + rows(of: "\"", count: 1_048_574) }),
  ]

  private static func rows(of sign: String, count: Int) -> String {
    String(repeating: String(repeating: sign, count: count) + "\n", count: 24)
  }

  /// What reads a file.
  private enum Reading: CaseIterable {
    case validate, submit, guess
  }

  private func arguments(_ reading: Reading, _ file: String) -> [String] {
    switch reading {
    case .validate: ["validate", file, "--threads", "2"]
    // Of a file without a row that could be sent nobody is asked.
    case .submit: billdrop.submitArguments(file, endpoint: "http://127.0.0.1:9")
    case .guess: ["layout", "guess", file]
    }
  }

  @Test(arguments: kinds.indices) func `a hostile file takes bounded memory`(index: Int) async throws {
    let kind = Self.kinds[index]
    let file = try workspace.write(kind.text(), to: "hostile.csv")
    for reading in Reading.allCases {
      let (status, megabytes, text) = try await peak(arguments(reading, file))
      let ends: [Program.Ending] =
        reading == .guess ? [.exited(0), .exited(1), .exited(65)] : [.exited(1), .exited(65)]
      #expect(ends.contains(status), "\(kind.name): \(reading) \(status) \(text.prefix(2000))")
      #expect(megabytes > 0 && megabytes < 400, "\(kind.name): \(reading) \(megabytes) MB")
      #expect(text.utf8.count < 20_000, "\(kind.name): \(reading)")
    }
  }

  @Test func `layouts and configurations nested without end are refused in words`() async throws {
    for text in [String(repeating: "[", count: 900_000), String(repeating: #"{"a":"#, count: 150_000)] {
      let file = try workspace.write(text, to: "deep.json")
      let layout = try await billdrop.run("layout", "check", file)
      #expect(layout.status == 78, "\(layout.status) \(layout.errors)")
      let configuration = try await billdrop.run("config", "check", file)
      #expect(configuration.status == 78, "\(configuration.status) \(configuration.errors)")
    }
  }
}
