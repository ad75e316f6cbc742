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

  /// Runs billdrop, and says how much memory it had at most (VmHWM of proc(5), looked at every few milliseconds), in MB.
  private func peak(_ arguments: [String]) async throws -> (status: Program.Ending, megabytes: Int, text: String) {
    let program = try billdrop.start(arguments)
    let deadline = ContinuousClock.now + .seconds(300)
    var peak = 0
    while program.isRunning, ContinuousClock.now < deadline {
      let line = try? program.proc("status").split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
      peak = max(peak, line?.split(separator: " ").compactMap { Int($0) }.first ?? 0)
      try await Task.sleep(for: .milliseconds(4))
    }
    let ending = try await program.wait(atMost: .seconds(1))
    return (ending, peak / 1024, program.outputText() + program.errorText())
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
  ]

  @Test(arguments: kinds.indices) func `a hostile file takes bounded memory`(index: Int) async throws {
    let kind = Self.kinds[index]
    let file = try workspace.write(kind.text(), to: "hostile.csv")
    let (status, megabytes, text) = try await peak(["validate", file, "--threads", "2"])
    #expect(status == .exited(1) || status == .exited(65), "\(kind.name): \(status) \(text)")
    #expect(megabytes > 0 && megabytes < 400, "\(kind.name): \(megabytes) MB")
    #expect(text.utf8.count < 20_000, "\(kind.name)")
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
