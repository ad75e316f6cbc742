import Foundation
import Testing

/// A file's first rows, tried before the others.
@Suite(.fewAtATime)
struct CanaryTests {
  private static let rows = 40
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  /// What `--format json` says of a canary.
  private struct Canaries: Decodable {
    struct Row: Decodable {
      struct Field: Decodable {
        let name: String
        let asked: String
        let found: String?
        let same: Bool
      }
      let record: Int
      let external_reference: String
      let as_sent: Bool
      let fields: [Field]
    }
    let verdict: String
    let reason: String?
    let canary: [Row]
  }

  private func canaries(_ result: Billdrop.Result) throws -> Canaries {
    try JSONDecoder().decode(Canaries.self, from: Data(result.output.utf8))
  }

  @Test func `a canary that finds a difference stops before the next row, again and again`() async throws {
    let sandbox = try await Sandbox(in: workspace, "--faults", "altered=1")
    let file = try workspace.write(BillFile.text(rows: Self.rows), to: "bills.csv")
    for _ in 0..<2 {
      let result = try await billdrop.submit(file, to: sandbox, "--canary", "3")
      #expect(result.status == 75, "\(result.output)\(result.errors)")
      let told = try canaries(result)
      #expect(told.verdict == "stopped")
      let reason = try #require(told.reason)
      #expect(reason.contains("Record 1, B-1: amount_due 1008 instead of 1007."), "\(reason)")
      #expect(told.canary.count == 3)
      #expect(told.canary.allSatisfy { !$0.as_sent })
      #expect(try await sandbox.state().objects.bills == 3)
      #expect(try result.summary().nonzeroOutcomes == ["created": 3, "not_sent": Self.rows - 3])
    }
    // The API tells the truth again: the same command looks once more, and goes on.
    try await sandbox.setFaults("")
    let rest = try await billdrop.submit(file, to: sandbox, "--canary", "3")
    #expect(rest.status == 0, "\(rest.output)\(rest.errors)")
    #expect(try await sandbox.state().objects.bills == Self.rows)
  }

  @Test func `a canary that waits holds the file until it is approved, by the digest that it says`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let file = try workspace.write(BillFile.text(rows: Self.rows), to: "bills.csv")
    let held = try await billdrop.submit(file, to: sandbox, "--canary", "4", "--canary-then", "wait")
    #expect(held.status == 4, "\(held.output)\(held.errors)")
    let told = try canaries(held)
    #expect(told.verdict == "held")
    #expect(told.canary.map(\.as_sent) == [true, true, true, true])
    let fields = try #require(told.canary.first).fields
    #expect(fields.first { $0.name == "amount_due" }?.found == "1007")
    #expect(fields.first { $0.name == "account.external_reference" }?.found == "B-A1")
    #expect(fields.first { $0.name == "metadata.period" }?.found == "2025-07")
    #expect(try await sandbox.state().objects.bills == 4)
    let page = try workspace.report(of: "bills.csv", command: "submit").text("report.html")
    #expect(page.contains("Held after its canary") && !page.contains("nothing was sent"))
    let rebuilt = try await billdrop.run(
      "report", try #require(held.summary().file.sha256), "--ledger", workspace.ledger, "--reports",
      workspace.path("again"))
    #expect(rebuilt.output.contains("held after its canary"), "\(rebuilt.output)\(rebuilt.errors)")
    let wrong = try await billdrop.submit(
      file, to: sandbox, "--canary", "4", "--canary-then", "wait", "--approve", "000000000000")
    #expect(wrong.status == 4)
    #expect(try canaries(wrong).reason?.hasSuffix("000000000000, which was approved, is another file.") == true)
    let typo = try await billdrop.submit(
      file, to: sandbox, "--canary", "4", "--canary-then", "wait", "--approve", "00000000000g")
    #expect(typo.status == 64)
    #expect(try await sandbox.state().objects.bills == 4)
    let digest = String(try #require(try held.summary().file.sha256).prefix(12))
    #expect(try #require(told.reason).hasSuffix("--approve \(digest)."))
    let rest = try await billdrop.submit(
      file, to: sandbox, "--canary", "4", "--canary-then", "wait", "--approve", digest.uppercased())
    #expect(rest.status == 0, "\(rest.output)\(rest.errors)")
    #expect(try await sandbox.state().objects.bills == Self.rows)
  }

  @Test func `a canary that is the whole file leaves nothing to wait for`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let file = try workspace.write(BillFile.text(rows: 3), to: "bills.csv")
    let whole = try await billdrop.submit(file, to: sandbox, "--canary", "3", "--canary-then", "wait")
    #expect(whole.status == 0, "\(whole.output)\(whole.errors)")
    #expect(try canaries(whole).canary.map(\.as_sent) == [true, true, true])
  }

  @Test func `a canary is of new and of known parties, and the others follow by themselves`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let known = try workspace.write(BillFile.text(rows: 3, prefix: "K"), to: "known.csv")
    #expect(try await billdrop.submit(known, to: sandbox).status == 0)
    // Thirty rows of new accounts, then one of an account that the ledger knows.
    let last = BillFile.text(rows: 1, prefix: "K").replacingOccurrences(of: "\nK-1,", with: "\nL-1,")
    let file = try workspace.write(
      BillFile.text(rows: 30) + last.dropFirst(BillFile.headings.count), to: "bills.csv")
    let result = try await billdrop.submit(file, to: sandbox, "--canary", "2")
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(try canaries(result).canary.map(\.external_reference) == ["B-1", "L-1"])
    #expect(try await Set(sandbox.bills().map(\.external_reference)[3..<5]) == ["B-1", "L-1"])
    #expect(try await sandbox.state().objects.bills == 34)
  }

  @Test func `killed in its canary, the file's canary goes on`() async throws {
    let sandbox = try await Sandbox(in: workspace, "--latency", "120")
    let file = try workspace.write(BillFile.text(rows: 12), to: "bills.csv")
    let arguments = billdrop.submitArguments(file, endpoint: sandbox.endpoint) + ["--canary", "6", "--in-flight", "1"]
    let program = try billdrop.start(arguments)
    let deadline = ContinuousClock.now + .seconds(30)
    while program.isRunning, ContinuousClock.now < deadline, try await sandbox.state().objects.bills < 3 {
      try await Task.sleep(for: .milliseconds(5))
    }
    program.signal(SIGKILL)
    try await program.wait()
    let result = try await billdrop.run(arguments)
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(try canaries(result).canary.count == 6)
    #expect(try await sandbox.state().objects.bills == 12)
  }
}
