import Foundation
import Testing

/// `--retry refused` of files that weren't through when other files came.
@Suite(.fewAtATime) struct RetryTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  private static let heading = "external_reference,currency,amount_due,bill_date,customer.external_reference\n"

  private func submit(_ file: String, _ sandbox: Sandbox, _ more: String...) async throws -> Billdrop.Result {
    try await billdrop.run(
      billdrop.submitArguments(file, endpoint: sandbox.endpoint) + ["--guard", "off", "--in-flight", "1"] + more)
  }

  private func paid(_ sandbox: Sandbox) async throws -> [String: Int] {
    Dictionary(try await sandbox.bills().map { ($0.external_reference, $0.amount_paid ?? 0) }) { first, _ in first }
  }

  @Test(arguments: ["stopped", "killed"])
  func `rule 23: what a later file has set is not set back, where the first one wasn't through then`(
    _ end: String
  ) async throws {
    let sandbox = try await Sandbox(in: workspace)
    let all = 0..<40
    let older = try workspace.write(
      "external_reference,currency,amount_paid\n" + all.map { "B-\($0),ZAR,1000\n" }.joined(), to: "older.csv")
    if end == "stopped" {
      let stopped = try await submit(older, sandbox, "--layout", "payment", "--daily", "10", "--zone", "UTC")
      #expect(try stopped.summary().verdict == "stopped", "the bills aren't there yet")
    } else {
      var dying = billdrop
      dying.environment["BILLDROP_CRASH_AT"] = "reporting:1"
      let program = try dying.start(
        dying.submitArguments(older, endpoint: sandbox.endpoint) + ["--guard", "off", "--layout", "payment"])
      #expect(try await program.wait() == .signalled(9))
    }
    let rows = all.map { "B-\($0),ZAR,9000,2026-02-01,C-\($0)\n" }.joined()
    #expect(try await submit(workspace.write(Self.heading + rows, to: "bills.csv"), sandbox).status == 0)
    let newer = try workspace.write("external_reference,currency,amount_paid\nB-0,ZAR,2000\n", to: "newer.csv")
    #expect(try await submit(newer, sandbox, "--layout", "payment").status == 0)
    let retried = try await submit(older, sandbox, "--layout", "payment", "--retry", "refused")
    #expect(retried.status == 1, "\(retried.output)\(retried.errors)")
    #expect(try retried.summary().nonzeroOutcomes == ["updated": 39, "refused": 1])
    var paid = Dictionary(uniqueKeysWithValues: all.map { ("B-\($0)", 1000) })
    paid["B-0"] = 2000
    #expect(try await self.paid(sandbox) == paid)
  }

  @Test func `rule 23: refused rows of a file that isn't through are held too where it came mended`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let bills = (1...4).map { "R-\($0),ZAR,100,2026-02-01,C-1\n" }
    let file = try workspace.write(Self.heading + bills.joined(), to: "x.csv")
    try await sandbox.setFaults("422=1")
    let stopped = try await submit(file, sandbox, "--max-refused", "1")
    #expect(try stopped.summary().verdict == "stopped")
    let refused = try #require(try stopped.summary().nonzeroOutcomes["refused"])
    #expect(refused < 4)
    try await sandbox.setFaults("422=0")
    let mended = (1...refused).map { "R-\($0)-M,ZAR,100,2026-02-01,C-1\n" }
    let other = try workspace.write(Self.heading + mended.joined(), to: "x.mended.csv")
    #expect(try await submit(other, sandbox).summary().nonzeroOutcomes == ["created": refused])
    let sent = try await sandbox.log().count
    let held = try await submit(file, sandbox, "--retry", "refused")
    #expect(held.status == 4 && held.errors.contains("x.mended.csv"), "\(held.output)\(held.errors)")
    #expect(held.errors.contains("Without --retry"), "\(held.errors)")
    #expect(try await sandbox.log().count == sent)
    #expect(try await submit(file, sandbox).summary().nonzeroOutcomes == ["created": 4 - refused, "refused": refused])
    #expect(try await sandbox.bills().count == 4)
  }
}
