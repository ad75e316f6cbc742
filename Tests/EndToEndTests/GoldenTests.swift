import Foundation
import Testing

/// What a person sees, to the letter, at three widths. With `BILLDROP_GOLDEN=write` in the environment the tests write
/// what they see to `Golden`, to be looked at and committed.
@Suite(.fewAtATime) struct GoldenTests {
  private let workspace: Workspace

  init() throws { workspace = try Workspace() }

  static let files = ["faults.csv", "duplicates.csv", "nightly.csv", "unclosed-quote.csv", "headings-only.csv"]
  static let widths = [40, 80, 200]

  @Test(arguments: files, widths)
  func `an answer is as wide as its terminal and shows the rows with their faults`(
    _ file: String, _ width: Int
  ) async throws {
    let text = try await answer(["validate", Place.sample(file)], width)
    for line in text.split(separator: "\n") { #expect(line.count <= width, "\(line)") }
    try compare(text, "\(file.dropLast(4)).\(width).txt")
  }

  @Test(arguments: widths)
  func `wide characters, tabs and control characters stand over their carets`(_ width: Int) async throws {
    let file = try workspace.write(
      "external_reference,currency,amount_due,customer.external_reference,metadata.note\n"
        + "INV-1,ZAR,ten,C-1,\u{65E5}\u{672C}\u{8A9E}\n"
        + "INV-\u{65E5}\u{672C},ZAR,2\u{1B}[31m0,C-2,\u{202E}abc\u{9B}31m\n"
        + "IN\tV,ZAR,1,C-\u{1F600},e\u{301}\u{301}\n", to: "wide.csv")
    let text = try await answer(["validate", file], width)
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
    #expect(!text.contains("\u{202E}"))
    try compare(text, "wide.\(width).txt")
  }

  @Test func `so many kinds are shown with so many rows as are asked for`() async throws {
    let text = try await answer(["validate", Place.sample("faults.csv"), "--max-issues", "2"], 80)
    try compare(text, "faults.2.txt")
    #expect(text.split(separator: "\n").count { $0.hasPrefix("  ✗") } == 2)
  }

  @Test(arguments: widths)
  func `what was submitted is told in as many columns, and so is what ran`(_ width: Int) async throws {
    let sandbox = try await Sandbox(in: workspace)
    let words = ["--endpoint", sandbox.endpoint, "--reports", "reports", "--rate", "1000"]
    let ledger = ["--ledger", "ledger.sqlite"]
    let submitted = try await answer(["submit", Place.sample("small.csv")] + words + ledger, width)
    // A path is never broken, so that it can be copied.
    for line in submitted.split(separator: "\n") where !line.contains("/") { #expect(line.count <= width, "\(line)") }
    #expect(submitted.contains(/report +reports\/\S+\/submit\n/), "\(submitted)")
    try compare(submitted, "submitted.\(width).txt")
    let status = try await answer(["status"] + ledger, width)
    for line in status.split(separator: "\n") where !line.contains("/") { #expect(line.count <= width, "\(line)") }
    let timeless = status.replacing(/\d{4}-\d\d-\d\dT\d\d:\d\dZ/, with: "2026-02-01T02:00Z")
      .replacing(/1:\d{5}/, with: "1:00000")
    try compare(timeless, "status.\(width).txt")
  }

  @Test(arguments: widths)
  func `codes are explained in as many columns`(_ width: Int) async throws {
    let text = try await answer(["explain", "amount.format", "unknown", "75"], width)
    for line in text.split(separator: "\n") { #expect(line.count <= width, "\(line)") }
    try compare(text, "explained.\(width).txt")
  }

  private func answer(_ arguments: [String], _ width: Int) async throws -> String {
    let billdrop = Billdrop(workspace: workspace, environment: ["COLUMNS": String(width)])
    let result = try await billdrop.run(arguments)
    let errors = result.errors.split(separator: "\n").filter { !$0.contains("a new ledger at ") }
    #expect(errors.isEmpty, "\(errors)")
    return result.output
  }

  private func compare(_ text: String, _ name: String) throws {
    let file = Place.package.appending(path: "Tests/EndToEndTests/Golden/\(name)")
    if ProcessInfo.processInfo.environment["BILLDROP_GOLDEN"] == "write" {
      try Data(text.utf8).write(to: file)
      return
    }
    let golden = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    #expect(text == golden, "\(name) says:\n\(golden)")
  }
}
