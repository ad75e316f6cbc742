import Foundation
import SeededRandoms
import Testing

/// Files held against the history of their feed.
@Suite(.fewAtATime)
struct GuardTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  /// A night's file: bills of its own for customers that come every night.
  private func night(_ number: Int, rows: Int) throws -> String {
    var text = "external_reference,currency,amount_due,bill_date,due_date,customer.external_reference,customer.name\n"
    for row in 1...rows {
      text += "N\(number)-\(row),ZAR,\(1_000 + (row * 7 + number * 13) % 9_000),2025-07-01,2025-07-25,"
      text += "C\(row % 40),Resident \(row % 40)\n"
    }
    return try workspace.write(text, to: "nightly-\(number).csv")
  }

  private struct History: Decodable {
    struct Figure: Decodable {
      let name: String
      let currency: String?
      let value: Double
      let usual: Double
      let far: Bool
    }

    let feed: String
    let files: Int
    let verdict: String
    let figures: [Figure]
  }

  private struct Answer: Decodable {
    let verdict: String
    let reason: String?
    let file: SummaryFile.File
    let outcomes: [String: Int]
    let history: History?
  }

  private func submit(
    _ file: String, to sandbox: Sandbox, guard mode: String? = "hold", _ more: String...
  ) async throws -> (Int, Answer) {
    let guarding = mode.map { ["--guard", $0] } ?? []
    let result = try await billdrop.run(billdrop.submitArguments(file, endpoint: sandbox.endpoint) + guarding + more)
    return (result.status, try JSONDecoder().decode(Answer.self, from: Data(result.output.utf8)))
  }

  @Test func `of thirty usual nights none is held; one ten times as large is, until it is approved`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    var random = SeededRandom(seed: 31)
    for number in 1...30 {
      let file = try night(number, rows: Int.random(in: 45...75, using: &random))
      let (status, answer) = try await submit(file, to: sandbox)
      #expect(status == 0 && answer.verdict == "complete", "night \(number): \(answer)")
      #expect(answer.history?.files == number - 1 && answer.history?.feed == "default")
      #expect(answer.history?.verdict == (number <= 5 ? "no_history" : "usual"))
    }

    let requests = try await sandbox.state().requests
    let large = try night(31, rows: 600)
    let (status, held) = try await submit(large, to: sandbox)
    #expect(status == 4 && held.verdict == "held" && held.outcomes["not_sent"] == 600)
    let far = held.history?.figures.filter(\.far) ?? []
    #expect(far.map(\.name) == ["rows", "total"] && far.first?.value == 600)
    #expect(held.reason?.contains("--approve \(held.file.sha256?.prefix(12) ?? "?")") == true, "\(held)")
    #expect(try workspace.report(of: "nightly-31.csv", command: "submit").summary().verdict == "held")
    for approval in [[], ["--approve", "0123456789ab"]] {
      let again = try await billdrop.run(
        billdrop.submitArguments(large, endpoint: sandbox.endpoint) + ["--guard", "hold"] + approval)
      #expect(again.status == 4)
    }
    #expect(try await sandbox.state().requests == requests)
    let approval = String(held.file.sha256?.prefix(12) ?? "")
    let (sent, approved) = try await submit(large, to: sandbox, "--approve", approval)
    #expect(sent == 0 && approved.outcomes["created"] == 600)

    // One odd night in the history: the next usual one goes through, the next tenfold one doesn't.
    #expect(try await submit(night(32, rows: 60), to: sandbox).0 == 0)
    #expect(try await submit(night(33, rows: 620), to: sandbox).0 == 4)
  }

  @Test func `told, or not looked for, a file is sent; another layout's files are another feed`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    for number in 1...5 { #expect(try await submit(night(number, rows: 30), to: sandbox).0 == 0) }
    // By name and without a feed that somebody configured, files have little in common: they are told, not held.
    let (told, answer) = try await submit(night(6, rows: 300), to: sandbox, guard: nil)
    #expect(told == 0 && answer.history?.verdict == "far" && answer.outcomes["created"] == 300)
    let (unseen, other) = try await submit(night(7, rows: 301), to: sandbox, guard: "off")
    #expect(unseen == 0 && other.history == nil)
    let layout = try await billdrop.run("layout", "show", "default").output
      .replacingOccurrences(of: #""name": "default""#, with: #""name": "weekly""#)
    let (first, fresh) = try await submit(
      night(8, rows: 300), to: sandbox, "--layout", workspace.write(layout, to: "weekly.json"))
    #expect(first == 0 && fresh.history?.verdict == "no_history" && fresh.history?.feed == "weekly")
  }

  @Test func `a held file is told with its figures side by side, and mended rows are no night`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    for number in 1...5 { #expect(try await submit(night(number, rows: 30), to: sandbox).0 == 0) }
    let large = try night(6, rows: 300)
    let arguments = billdrop.submitArguments(large, endpoint: sandbox.endpoint).filter {
      $0 != "--format" && $0 != "json"
    }
    let shown = try await billdrop.run(arguments + ["--guard", "hold"])
    #expect(shown.status == 4)
    let words = shown.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("held for approval, nothing was sent"), "\(words)")
    #expect(words.contains("rows 300, usual 30, at most 60 expected"), "\(words)")
    try FileManager.default.moveItem(atPath: night(7, rows: 301), toPath: workspace.path("nightly-5.mended.csv"))
    let (status, answer) = try await submit(workspace.path("nightly-5.mended.csv"), to: sandbox)
    #expect(status == 0 && answer.history == nil)
  }
}
