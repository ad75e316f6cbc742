import Foundation
import Testing

/// Bill files through the whole pipeline, against the sandbox.
@Suite(.fewAtATime)
struct SubmitTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  @Test func `the nightly sample costs one request a bill, and the sandbox has every cent of it`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let result = try await billdrop.submit(Place.sample("nightly.csv"), to: sandbox)
    #expect(result.status == 0, "\(result.errors)")
    let summary = try result.summary()
    #expect(summary.command == "submit")
    #expect(summary.verdict == "complete")
    #expect(summary.nonzeroOutcomes == ["created": 1000])
    #expect(summary.requests.sent == 1000)
    #expect(summary.requests.retried == 0)

    let state = try await sandbox.state()
    #expect(state.objects.bills == 1000)
    #expect(state.due == ["ZAR": summary.money["ZAR"]?["created"] ?? 0])
    let expected = Expectation.all.first { $0.file == "nightly.csv" }
    #expect(summary.money["ZAR"]?["created"] == expected?.money?["ZAR"]?["read"])
  }

  @Test func `rule 22: a finished file is not sent again, and keeps its report`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let file = try workspace.write(BillFile.text(rows: 60) { $0 == 7 }, to: "july.csv")
    let first = try await billdrop.submit(file, to: sandbox)
    #expect(first.status == 1)
    let before = try await sandbox.state()
    let report = try workspace.report(of: "july.csv", command: "submit")
    let rows = try report.text("rows.csv")

    let again = try await billdrop.submit(file, to: sandbox)
    #expect(again.status == 0, "\(again.errors)")
    #expect(try await sandbox.state().requests == before.requests)
    #expect(try report.text("rows.csv") == rows)
    #expect(try report.summary().verdict == "complete_with_rejects")

    // Under another name it is the same file.
    let copy = try workspace.write(BillFile.text(rows: 60) { $0 == 7 }, to: "copy.csv")
    let known = try await billdrop.submit(copy, to: sandbox)
    #expect(known.status == 0 && known.output.contains(#""done_before":{"file":"july.csv","started_at":"20"#))
    var arguments = billdrop.submitArguments(copy, endpoint: sandbox.endpoint)
    arguments.removeAll { $0 == "--format" || $0 == "json" }
    let told = try await billdrop.run(arguments).output
    #expect(told.contains("copy.csv: was done already as july.csv, nothing sent\n  begun    20"), "\(told)")
    #expect(!first.output.contains("done_before"))
    #expect(try await sandbox.state().requests == before.requests)
  }

  @Test func `rule 22: the report of a finished file comes back from the ledger`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let file = try workspace.write(BillFile.text(rows: 30), to: "july.csv")
    _ = try await billdrop.submit(file, to: sandbox)
    let report = try workspace.report(of: "july.csv", command: "submit")
    let rows = try report.text("rows.csv")
    try FileManager.default.removeItem(at: report.folder)

    let before = try await sandbox.state().requests
    let again = try await billdrop.submit(file, to: sandbox)
    #expect(again.status == 0, "\(again.errors)")
    #expect(try report.text("rows.csv") == rows)
    #expect(try report.summary().nonzeroOutcomes == ["created": 30])
    #expect(try await sandbox.state().requests == before)
  }

  @Test func `the report has a line a row, and its summary is complete`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let result = try await billdrop.submit(Place.sample("faults.csv"), to: sandbox)
    #expect(result.status == 1, "\(result.errors)")
    let expected = try #require(Expectation.all.first { $0.file == "faults.csv" })
    let report = try workspace.report(of: "faults.csv", command: "submit")
    #expect(
      Set(["issues.csv", "rejected.csv", "report.html", "rows.csv", "summary.json"]).isSubset(of: try report.names))

    let rows = try report.table("rows.csv")
    #expect(
      rows.headings == [
        "record", "line", "external_reference", "outcome", "code", "field", "message", "id", "attempts",
      ])
    let records = try #require(expected.records)
    #expect(rows.column("record") == (1...records.read).map(String.init))
    let rejected = Set(expected.findings.filter { $0.severity == "error" }.map(\.record))
    for row in rows.rows {
      let isRejected = rejected.contains(Int(row["record"] ?? "") ?? 0)
      if isRejected {
        #expect(row["outcome"] == "rejected", "\(row)")
        #expect(row["code"]?.isEmpty == false, "\(row)")
        #expect(row["attempts"] == "0", "\(row)")
      } else {
        #expect(row["outcome"] == "created", "\(row)")
        #expect(row["id"]?.hasPrefix("bill_") == true, "\(row)")
      }
    }
    try report.expect(expected.findings)
    #expect(try report.summary() == result.summary())
  }

  @Test(arguments: [true, false], ["bills.mended.csv", "from-excel.csv"])
  func `what a spreadsheet saves is known by its name or its rows, with a byte order mark and without`(
    hasMark: Bool, name: String
  ) async throws {
    let sandbox = try await Sandbox(in: workspace)
    let text = "external_reference,currency,amount_due,customer.external_reference,customer.name\n"
    let file = try workspace.write(text + "B-1,ZAR,500,C-1,Müller\nB-2,ZAR,12.50,C-1,Müller\n", to: "bills.csv")
    #expect(try await billdrop.submit(file, to: sandbox).status == 1)
    let rejected = try workspace.report(of: "bills.csv", command: "submit").text("rejected.csv")
    #expect(rejected.utf8.first != 0xEF, "the bytes are the file's own")
    let mended = rejected.replacing("12.50", with: "1250").replacing("\n", with: "\r\n")
    let saved = try workspace.write((hasMark ? "\u{FEFF}" : "") + mended, to: name)
    let result = try await billdrop.submit(saved, to: sandbox)
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(try result.summary().nonzeroOutcomes == ["created": 1])
    #expect(try await sandbox.state().due == ["ZAR": 1_750])
  }

  @Test func `rejected rows come back mended, and are sent then`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let file = try workspace.write(BillFile.text(rows: 30) { $0 % 10 == 0 }, to: "july.csv")
    #expect(try await billdrop.submit(file, to: sandbox).status == 1)
    let report = try workspace.report(of: "july.csv", command: "submit")
    let rejected = try report.text("rejected.csv")
    #expect(try CSVTable(rejected).rows.count == 3)
    #expect(try CSVTable(rejected).headings.count == CSVTable(BillFile.headings).headings.count + 2)

    let mended = try workspace.write(rejected.replacing(",ZAR,0,", with: ",ZAR,4711,"), to: "mended.csv")
    let second = try await billdrop.submit(mended, to: sandbox)
    #expect(second.status == 0, "\(second.errors)\(second.output)")
    #expect(try second.summary().nonzeroOutcomes == ["created": 3])
    let bills = try await sandbox.bills()
    #expect(Set(bills.map(\.external_reference)) == Set((1...30).map { "B-\($0)" }))
    #expect(bills.filter { $0.amount_due == 4711 }.count == 3)
    // Their accounts were created by the first file.
    #expect(try await sandbox.state().objects.accounts == 10)
  }

  @Test func `parties of an earlier file are used by their ids`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let july = try workspace.write(BillFile.text(rows: 30), to: "july.csv")
    #expect(try await billdrop.submit(july, to: sandbox).status == 0)
    let august = BillFile.text(rows: 30).replacing("\nB-", with: "\nAUG-")
    let result = try await billdrop.submit(try workspace.write(august, to: "august.csv"), to: sandbox)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try result.summary().requests.sent == 30)
    let objects = try await sandbox.state().objects
    #expect(objects == Sandbox.State.Objects(customers: 10, accounts: 10, bills: 60))
  }

  @Test(arguments: ["customers.csv", "parties.csv", "currencies.csv", "headings-only.csv"])
  func `a sample without errors is created whole`(_ name: String) async throws {
    let sandbox = try await Sandbox(in: workspace)
    let result = try await billdrop.submit(Place.sample(name), to: sandbox)
    #expect(result.status == 0, "\(result.errors)\(result.output)")
    let summary = try result.summary()
    #expect(summary.verdict == "complete")
    #expect((summary.outcomes["created"] ?? 0) == summary.records.read)
    #expect(try await sandbox.state().objects.bills == summary.records.read)
  }

  @Test func `rule 23: ids that the API doesn't know are refused, and sent again only when asked`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let first = try await billdrop.submit(Place.sample("by-id.csv"), to: sandbox)
    #expect(first.status == 1, "\(first.errors)")
    #expect(try first.summary().nonzeroOutcomes == ["refused": 3])
    let rows = try workspace.report(of: "by-id.csv", command: "submit").table("rows.csv")
    for row in rows.rows { #expect(row["code"] == "api.refused" && row["message"]?.isEmpty == false, "\(row)") }

    let sent = try await sandbox.state().requests
    #expect(try await billdrop.submit(Place.sample("by-id.csv"), to: sandbox).status == 0)
    #expect(try await sandbox.state().requests == sent)
    let retried = try await billdrop.submit(Place.sample("by-id.csv"), to: sandbox, "--retry", "refused")
    #expect(retried.status == 1)
    #expect(try await sandbox.state().requests != sent)
  }

  @Test func `rule 23: a refused row that has come since in another file is not sent again`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let heading = "external_reference,currency,amount_due,bill_date,"
    let file = try workspace.write(
      heading + "customer\nT-1,ZAR,100,2026-02-01,bcus_7Hq2ZpL0\nT-2,ZAR,100,2026-02-01,bcus_7Hq2ZpL0\n", to: "x.csv")
    #expect(try await billdrop.submit(file, to: sandbox).summary().nonzeroOutcomes == ["refused": 2])
    let mended = try workspace.write(
      heading + "customer.external_reference\nT-1b,ZAR,100,2026-02-01,C-1\nT-2,ZAR,90,2026-02-01,C-1\n",
      to: "x.mended.csv")
    #expect(try await billdrop.submit(mended, to: sandbox).summary().nonzeroOutcomes == ["created": 2])
    let sent = try await sandbox.log().count
    let held = try await billdrop.submit(file, to: sandbox, "--retry", "refused")
    #expect(held.status == 4)
    #expect(held.errors.contains("x.mended.csv") && held.errors.contains("would be sent twice"), "\(held.errors)")
    #expect(try await sandbox.log().count == sent)
    let digest = try #require(held.errors.firstMatch(of: /--approve ([0-9a-f]{12})/)?.1)
    let approved = try await billdrop.submit(file, to: sandbox, "--retry", "refused", "--approve", String(digest))
    #expect(approved.status == 1, "\(approved.errors)")
    #expect(try approved.summary().nonzeroOutcomes == ["refused": 2], "T-1 was tried, T-2 was not")
    let asked = try await sandbox.log().dropFirst(sent)
    #expect(!asked.isEmpty && !asked.contains { $0.path.hasSuffix("/T-2") }, "\(asked)")
  }

  @Test(arguments: Expectation.all.filter { $0.exit == 65 })
  func `a file that is rejected whole sends nothing`(_ expected: Expectation) async throws {
    let sandbox = try await Sandbox(in: workspace)
    let result = try await billdrop.submit(Place.sample(expected.file), to: sandbox)
    #expect(result.status == 65, "\(result.errors)")
    #expect(try result.summary().verdict == "file_rejected")
    #expect(try await sandbox.state().objects.bills == 0)
  }

  @Test func `throttled and broken answers cost time, and nothing else`() async throws {
    let sandbox = try await Sandbox(
      in: workspace, "--faults",
      "drop-before=0.02,drop-after=0.02,500-after=0.02,503=0.02,429=0.02,half=0.02,garbage=0.02",
      "--seed", "11")
    let file = try workspace.write(BillFile.text(rows: 300), to: "july.csv")
    var result = try await billdrop.submit(file, to: sandbox, limit: .seconds(120))
    for _ in 1...5 where result.status == 75 {
      result = try await billdrop.submit(file, to: sandbox, limit: .seconds(120))
    }
    #expect(result.status == 0, "\(result.errors)")
    #expect(try result.summary().nonzeroOutcomes == ["created": 300])
    let state = try await sandbox.state()
    #expect(state.objects == Sandbox.State.Objects(customers: 100, accounts: 100, bills: 300))
    #expect(state.due == ["ZAR": (1...300).map(BillFile.amount).reduce(0, +)])
  }

  @Test(arguments: [[SIGTERM], [SIGHUP, SIGHUP]])
  func `a termination in the middle is resumable, and so is the end of the terminal`(_ signals: [Int32]) async throws {
    let sandbox = try await Sandbox(in: workspace, "--latency", "40")
    let file = try workspace.write(BillFile.text(rows: 2_000), to: "july.csv")
    let program = try billdrop.start(billdrop.submitArguments(file, endpoint: sandbox.endpoint, rate: 150))
    while program.isRunning, try await sandbox.state().objects.bills < 50 {
      try await Task.sleep(for: .milliseconds(10))
    }
    for signal in signals { program.signal(signal) }
    #expect(try await program.wait() == .exited(75))
    let report = try workspace.report(of: "july.csv", command: "submit")
    let stopped = try report.summary()
    #expect(stopped.verdict == "stopped")
    #expect((stopped.outcomes["not_sent"] ?? 0) > 0)
    #expect(stopped.outcomes["unknown"] == 0)
    #expect(stopped.outcomes["created"] == (try await sandbox.state().objects.bills))

    let result = try await billdrop.submit(file, to: sandbox)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try result.summary().nonzeroOutcomes == ["created": 2_000])
    #expect(try await sandbox.state().objects.bills == 2_000)
  }

  @Test func `the key is in no output and no file`() async throws {
    let key = "sk_test_Leak4d1e90aa77"
    let sandbox = try await Sandbox(in: workspace, key: key)
    var ours = billdrop
    ours.key = key
    let file = try workspace.write(BillFile.text(rows: 20) { $0 == 3 }, to: "july.csv")
    let good = try await ours.submit(file, to: sandbox)
    let usage = try await ours.run("submit", file, "--no-such-option")
    let elsewhere = try await ours.run(
      "submit", file, "--endpoint", "http://127.0.0.1:1", "--ledger", workspace.path("other.sqlite"), "--reports",
      workspace.reports)
    for result in [good, usage, elsewhere] {
      #expect(!(result.output + result.errors).contains("Leak4d1e90aa77"))
    }
    #expect(good.status == 1)
    #expect(try workspace.files(containing: "Leak4d1e90aa77") == [])
  }

  @Test func `a key file serves as well as the environment`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    var ours = billdrop
    ours.key = nil
    let file = try workspace.write(BillFile.text(rows: 3), to: "july.csv")
    let keyFile = try workspace.write(Billdrop.key + "\n", to: "key")
    let result = try await ours.submit(file, to: sandbox, "--key-file", keyFile)
    #expect(result.status == 0, "\(result.errors)")
  }
}
