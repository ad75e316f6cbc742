import Foundation
import Testing

/// Every sample, validated by the real binary, gives what is expected of it.
@Suite(.fewAtATime)
struct SampleTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace, key: nil)
  }

  @Test func `every sample has an expectation, and every expectation can be read`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Place.samples.path).filter { $0.hasSuffix(".csv") }
    let expectations = try FileManager.default
      .contentsOfDirectory(atPath: Place.samples.appending(path: "expected").path)
    #expect(Set(files) == Set(Expectation.all.map(\.file)))
    #expect(Expectation.all.count == expectations.count)
  }

  @Test(arguments: Expectation.all)
  func `a sample gives the expected exit status, summary and findings`(_ expected: Expectation) async throws {
    let result = try await billdrop.run(
      ["validate", Place.sample(expected.file), "--format", "json", "--reports", workspace.reports]
        + (expected.arguments ?? [])
    )
    #expect(result.status == expected.exit, "\(result.errors)")
    let summary = try result.summary()
    #expect(summary.command == "validate")
    #expect(summary.verdict == expected.verdict)
    #expect(summary.file.name == expected.file)
    #expect(summary.outcomes.values.reduce(0, +) == summary.records.read)
    if let records = expected.records { #expect(summary.records == records) }
    if let outcomes = expected.outcomes { #expect(summary.nonzeroOutcomes == outcomes.filter { $0.value != 0 }) }
    if let money = expected.money { #expect(summary.nonzeroMoney == money.nonzero) }
    if let issues = expected.issues { #expect(Set(summary.issues) == Set(issues)) }

    let report = try workspace.report(of: expected.file, command: "validate")
    try report.expect(expected.findings)
    #expect(try report.summary() == summary)
  }

  @Test(arguments: Expectation.all)
  func `what a person reads has the first findings in words, and fits a screen`(_ expected: Expectation) async throws {
    let result = try await billdrop.run(["validate", Place.sample(expected.file)] + (expected.arguments ?? []))
    #expect(result.status == expected.exit)
    #expect(result.output.contains(expected.file))
    #expect(result.output.split(separator: "\n").count <= 25)
    if let most = expected.mostFrequentError, expected.exit != 65 {
      #expect(result.output.contains(most.code), "\(result.output)")
      let places = ["line \(most.line)", "lines \(most.line)"]
      #expect(places.contains { result.output.contains($0) }, "\(result.output)")
    }
    if expected.exit == 65 { #expect(result.output.contains("rejected") && result.output.contains("\n  ")) }
    #expect(!FileManager.default.fileExists(atPath: workspace.path("billdrop-reports")))
  }

  @Test func `a sample on standard input gives the same summary`() async throws {
    let sample = Place.sample("faults.csv")
    let named = try await billdrop.run("validate", sample, "--format", "json").summary()
    let piped = try await billdrop.run("validate", "-", "--format", "json", standardInput: sample).summary()
    #expect(piped.file.name == "stdin")
    #expect(piped.file.sha256 == named.file.sha256)
    #expect(piped.records == named.records)
    #expect(piped.issues == named.issues)
    #expect(piped.money == named.money)
  }

  @Test func `findings have a value, a sentence and a hint, and personal values are masked`() async throws {
    _ = try await billdrop.run("validate", Place.sample("faults.csv"), "--reports", workspace.reports)
    let report = try workspace.report(of: "faults.csv", command: "validate")
    let issues = try report.table("issues.csv")
    #expect(issues.headings == ["record", "line", "column", "code", "severity", "value", "message", "hint"])
    for row in issues.rows {
      #expect(row["message"]?.isEmpty == false, "\(row)")
      #expect(row["hint"]?.isEmpty == false, "\(row)")
    }
    let text = try report.text("issues.csv")
    for personal in ["resident.example.com", "07700 900028", "8501015800088"] { #expect(!text.contains(personal)) }
  }

  @Test func `several files give an object with each summary, and the worst exit status`() async throws {
    let names = ["nightly.csv", "small.csv", "empty.csv"]
    let result = try await billdrop.run(["validate", "--format", "json"] + names.map(Place.sample))
    struct Several: Decodable { let files: [SummaryFile] }
    let several = try JSONDecoder().decode(Several.self, from: Data(result.output.utf8))
    #expect(several.files.map(\.file.name) == names)
    #expect(several.files.map(\.verdict) == ["complete", "complete_with_rejects", "file_rejected"])
    #expect(result.status == 65)
  }
}
