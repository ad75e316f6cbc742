import Foundation
import Testing

/// `billdrop verify` without a receipt, of files of which there is little or nothing to read back.
@Suite(.fewAtATime) struct ReadBackTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace, environment: ["COLUMNS": "300"])
  }

  private func verify(_ file: String, _ sandbox: Sandbox, _ more: String...) async throws -> Billdrop.Result {
    try await billdrop.run(["verify", file, "--endpoint", sandbox.endpoint, "--ledger", workspace.ledger] + more)
  }

  @Test func `where nothing was accepted it says how the rows ended, and not that all is as it should be`() async throws
  {
    let sandbox = try await Sandbox(in: workspace)
    let file = try workspace.write(
      "external_reference,currency,amount_due,bill_date,account\nB-1,ZAR,100,2025-07-01,bacc_none1\n"
        + "B-2,ZAR,100,2025-07-01,bacc_none2\nB-3,ZAR,-5,2025-07-01,bacc_none3\n", to: "refused.csv")
    #expect(try await billdrop.submit(file, to: sandbox).status == 1)
    let verified = try await verify(file, sandbox)
    #expect(verified.status == 1, "\(verified.errors)")
    #expect(try await verify(file, sandbox, "--format", "json").output.contains(#""verified":false"#))
    #expect(
      verified.output.contains("! refused.csv: nothing is there to be read back: 1 rejected + 2 refused")
        || verified.output.contains("! refused.csv: nothing is there to be read back: 2 refused + 1 rejected"),
      "\(verified.output)")
    #expect(!verified.output.contains("as they should be"))
  }

  @Test func `what has nothing to read is told by its end, and an empty sample proves nothing`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let file = try workspace.write(BillFile.text(rows: 4) { $0 == 2 }, to: "some.csv")
    #expect(try await billdrop.submit(file, to: sandbox).status == 1)
    let verified = try await verify(file, sandbox)
    #expect(verified.output.contains("✓ some.csv: all read back, all as they should be"), "\(verified.output)")
    #expect(verified.output.contains("1 has nothing to read: 1 rejected"), "\(verified.output)")
    let none = try await verify(file, sandbox, "--sample", "0")
    #expect(none.status == 64 || none.output.contains("nothing was read back"), "\(none.output)")
  }

  @Test func `a day that is too small for a sample is told before the first request`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let file = try workspace.write(BillFile.text(rows: 10), to: "many.csv")
    #expect(try await billdrop.submit(file, to: sandbox).status == 0)
    let sent = try await sandbox.state().requests.values.reduce(0, +)
    let refused = try await verify(file, sandbox, "--daily", "7", "--zone", "UTC", "--sample", "8")
    #expect(refused.status == 75)
    #expect(refused.output.contains("8 rows takes at least as many requests, and a day's are 7"), "\(refused.output)")
    #expect(try await sandbox.state().requests.values.reduce(0, +) == sent)
    let sample = try await verify(file, sandbox, "--daily", "12", "--zone", "UTC", "--sample", "5")
    #expect(sample.status == 0, "\(sample.output)\(sample.errors)")
  }

  @Test func `where a day has no room for all rows, the next one goes on with those that are left`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let file = try workspace.write(BillFile.text(rows: 10), to: "many.csv")
    #expect(try await billdrop.submit(file, to: sandbox).status == 0)
    let stopped = try await verify(file, sandbox, "--daily", "4", "--zone", "UTC")
    #expect(stopped.status == 75)
    #expect(stopped.output.contains("4 of 10 read back"), "\(stopped.output)")
    #expect(stopped.output.contains("Go on with --from 5 on "), "\(stopped.output)")
    let rest = try await verify(file, sandbox, "--from", "5")
    #expect(rest.status == 0, "\(rest.errors)")
    #expect(rest.output.contains("✓ many.csv: 6 read back from record 5 on, all as they should be"), "\(rest.output)")
    #expect(rest.output.contains("6 of 10 read back = 6 the same; 4 before it"), "\(rest.output)")
    let none = try await verify(file, sandbox, "--from", "11")
    #expect(none.output.contains("! many.csv: nothing was read back"), "\(none.output)")
    #expect(try await verify(file, sandbox, "--from", "5", "--sample", "2").status == 64)
  }

  @Test(arguments: [1, 8])
  func `the row whose answer stops it is the first that is left`(_ inFlight: Int) async throws {
    let sandbox = try await Sandbox(in: workspace)
    let file = try workspace.write(BillFile.text(rows: 10), to: "many.csv")
    #expect(try await billdrop.submit(file, to: sandbox).status == 0)
    let stranger = Billdrop(workspace: workspace, key: "sk_test_other", environment: billdrop.environment)
    let common = ["verify", file, "--endpoint", sandbox.endpoint, "--ledger", workspace.ledger]
    let refused = try await stranger.run(common + ["--in-flight", String(inFlight)])
    #expect(refused.status == 77, "\(refused.output)\(refused.errors)")
    #expect(refused.output.contains("0 of 10 read back"), "\(refused.output)")
    #expect(refused.output.contains("Go on with --from 1 with the right one"), "\(refused.output)")
    #expect(!refused.output.contains("the same command"), "\(refused.output)")
    let json = try await stranger.run(common + ["--from", "3", "--format", "json"])
    #expect(json.output.contains(#""goes_on":3"#), "\(json.output)")
    let sample = try await stranger.run(common + ["--sample", "4"])
    #expect(sample.output.contains("The same command begins at its first row again: run it with the right one"))
  }
}
