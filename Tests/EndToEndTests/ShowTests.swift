import Foundation
import Testing

/// `billdrop show`: the records as billdrop reads them.
@Suite(.fewAtATime)
struct ShowTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace, key: nil)
  }

  /// Runs `billdrop` with what follows it in a command line of bash; the status of the first part that fails.
  private func shell(_ line: String) async throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-c", "set -o pipefail; '\(Place.binaries.appending(path: "billdrop").path)' \(line)"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    while process.isRunning { try await Task.sleep(for: .milliseconds(5)) }
    return process.terminationStatus
  }

  private func lines(_ text: String) -> [Data] { text.split(separator: "\n").map { Data($0.utf8) } }

  @Test func `raw records are arrays of strings, the heading row too`() async throws {
    let result = try await billdrop.run("show", Place.sample("nightly.csv"), "--raw")
    #expect(result.status == 0, "\(result.errors)")
    let records = try lines(result.output).map { try JSONDecoder().decode([String].self, from: $0) }
    #expect(records.count == 1001)
    #expect(records.first?.first == "external_reference")
    let text = try String(contentsOfFile: Place.sample("nightly.csv"), encoding: .utf8)
    let table = try CSVTable(text)
    #expect(Array(records.dropFirst()) == table.rows.map { row in table.headings.map { row[$0] ?? "" } })
  }

  @Test func `records that standard output did not take end 74, and a reader that has left is no fault`() async throws {
    #expect(try await shell("show '\(Place.sample("small.csv"))' > /dev/full") == 74)
    #expect(try await shell("show '\(Place.sample("nightly.csv"))' | head -n 1") == 0)
  }

  @Test func `of an answer that standard output doesn't take a message tells`() async throws {
    let errors = workspace.path("errors.txt")
    for place in ["> /dev/full", ">&-"] {
      #expect(try await shell("validate '\(Place.sample("nightly.csv"))' \(place) 2> '\(errors)'") == 74)
      let text = try String(contentsOfFile: errors, encoding: .utf8)
      #expect(text.contains("the answer can't be written to standard output"), "\(text)")
    }
  }

  @Test func `a file's name can't move the terminal's cursor`() async throws {
    let path = workspace.path("\u{1B}[2Jred.csv")
    try FileManager.default.copyItem(atPath: Place.sample("small.csv"), toPath: path)
    let checked = try await billdrop.run("validate", path)
    #expect(checked.output.contains("␛[2Jred.csv") && !checked.output.contains("\u{1B}"))
    let missing = try await billdrop.run("validate", path + "x")
    #expect(missing.errors.contains("␛[2Jred.csvx") && !missing.errors.contains("\u{1B}"))
  }

  @Test func `raw checks no heading`() async throws {
    for name in ["heading-unknown.csv", "heading-repeated.csv", "heading-missing.csv"] {
      let result = try await billdrop.run("show", Place.sample(name), "--raw")
      #expect(result.status == 0, "\(name): \(result.errors)")
      #expect(lines(result.output).count == 2)
      #expect(try await billdrop.run("show", Place.sample(name)).status == 65)
    }
  }

  @Test func `records are objects by field path, and the limit holds`() async throws {
    let result = try await billdrop.run("show", Place.sample("small.csv"), "--limit", "3")
    #expect(result.status == 0, "\(result.errors)")
    #expect(lines(result.output).count == 3)
    for line in lines(result.output) { #expect(try JSONSerialization.jsonObject(with: line) is [String: Any]) }
    #expect(result.output.contains("B-001") && !result.output.contains("B-004"))
  }

  @Test func `records that can be read are printed where others can't, and that ends 1`() async throws {
    let result = try await billdrop.run("show", Place.sample("faults.csv"), "--raw")
    #expect(result.status == 1)
    #expect(lines(result.output).count > 40)
    #expect(result.output.contains("B-049"))
    #expect(!result.errors.isEmpty)
  }

  @Test(arguments: ["empty.csv", "binary.csv", "unclosed-quote.csv", "utf-16.csv"])
  func `a file that can't be read as a whole ends 65`(_ name: String) async throws {
    #expect(try await billdrop.run("show", Place.sample(name)).status == 65)
  }

  @Test func `standard input is shown too`() async throws {
    let sample = Place.sample("small.csv")
    let named = try await billdrop.run("show", sample)
    let piped = try await billdrop.run("show", "-", standardInput: sample)
    #expect(named.output == piped.output)
    #expect(piped.status == named.status)
  }
}
