import Foundation
import Testing

/// Files that a run has taken, and that can't be read any more as that run read them: what was sent of them is not said to
/// be unsent, and they go on once they can be read again.
@Suite(.fewAtATime) struct UnreadableFileTests {
  private let workspace: Workspace
  private let billdrop: Billdrop
  private let sandbox: Sandbox

  init() async throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace, environment: ["COLUMNS": "400"])
    sandbox = try await Sandbox(in: workspace)
  }

  private static let layout = #"""
    {"name": "rent", "format": "csv", "csv": {"delimiter": ";"},
     "fields": {
       "external_reference": "ref", "currency": {"constant": "ZAR"}, "amount_due": "cents",
       "bill_date": {"constant": "2025-07-01"}, "due_date": {"constant": "2027-01-31"},
       "customer.external_reference": "tenant", "customer.name": {"constant": "Resident"}}}
    """#

  private static func rent(_ rows: Int, prefix: String = "R") -> String {
    "ref;cents;tenant\n" + (1...rows).map { "\(prefix)-\($0);\(1_000 + $0);T\($0)\n" }.joined()
  }

  private func arguments(_ command: String, _ file: String, _ more: [String] = []) -> [String] {
    [
      command, file, "--endpoint", sandbox.endpoint, "--ledger", workspace.ledger, "--reports", workspace.reports,
      "--format", "json",
    ] + more
  }

  private func kill(_ arguments: [String], at moment: String) async throws {
    var dying = billdrop
    dying.environment["BILLDROP_CRASH_AT"] = moment
    #expect(try await dying.start(arguments).wait() == .signalled(9))
  }

  private func status(_ more: String...) async throws -> String {
    try await billdrop.run(["status", "--ledger", workspace.ledger] + more).output
  }

  private func bills() async throws -> Int { try await sandbox.state().objects.bills }

  /// All files of a report, as they are.
  private func contents(_ report: ReportFiles) throws -> [String: String] {
    var contents: [String: String] = [:]
    for name in try report.names { contents[name] = try report.text(name) }
    return contents
  }

  // MARK: By name

  @Test func `rule 20: a file that is through is not rejected where its layout is left out, and its report stays`()
    async throws
  {
    let layout = try workspace.write(Self.layout, to: "rent.json")
    let file = try workspace.write(Self.rent(30), to: "rent.txt")
    #expect(try await billdrop.run(arguments("submit", file, ["--layout", layout])).status == 0)
    let report = try workspace.report(of: "rent.txt", command: "submit")
    let told = try contents(report)
    #expect(told["receipt.json"] != nil && told["rows.csv"] != nil)
    let digits = String(try #require(try report.summary().file.sha256).prefix(12))
    for more in [[], ["--approve", digits], ["--retry", "refused"], ["--strike-off", digits]] {
      let result = try await billdrop.run(arguments("submit", file, more))
      #expect(result.status == 78, "\(more) \(result.output)\(result.errors)")
      #expect(result.output.contains("was taken before under the layout rent"), "\(result.output)")
      #expect(result.output.contains("stays as it was told: 30 created"), "\(result.output)")
      #expect(!result.errors.contains("--approve"), "\(result.errors)")
    }
    for command in ["plan", "settle"] {
      let result = try await billdrop.run(arguments(command, file))
      #expect(result.status == 78, "\(command) \(result.output)\(result.errors)")
    }
    #expect(try contents(report) == told)
    let known = try await status()
    #expect(!known.contains("needs somebody"), "\(known)")
    #expect(try await billdrop.run(arguments("submit", file, ["--layout", layout])).status == 0)
    #expect(try await bills() == 30)
  }

  @Test func `rule 20: a file that was begun is not rejected where its layout is left out, and goes on under it`()
    async throws
  {
    let layout = try workspace.write(Self.layout, to: "rent.json")
    let file = try workspace.write(Self.rent(60), to: "rent.txt")
    let right = arguments("submit", file, ["--layout", layout])
    try await kill(right, at: "handed:1")
    let wrong = try await billdrop.run(arguments("submit", file))
    #expect(wrong.status == 78, "\(wrong.output)\(wrong.errors)")
    #expect(wrong.output.contains(" unknown. Nothing was sent or written now"), "\(wrong.output)")
    let known = try await status()
    #expect(known.contains("1 thing needs somebody") && known.contains("rent.txt: not through"), "\(known)")
    #expect(!known.contains("rejected as a whole"), "\(known)")
    #expect(try await billdrop.run(right).status == 0)
    #expect(try await bills() == 60)
    #expect(try await !status().contains("needs somebody"))
  }

  @Test func `a file that nothing was sent of is rejected as before, and is no matter once its layout has read it`()
    async throws
  {
    let layout = try workspace.write(Self.layout, to: "rent.json")
    let file = try workspace.write(Self.rent(5), to: "rent.txt")
    let wrong = try await billdrop.run(arguments("submit", file))
    #expect(wrong.status == 65, "\(wrong.output)\(wrong.errors)")
    #expect(try await status().contains("rent.txt: rejected as a whole"))
    #expect(try await billdrop.run(arguments("submit", file, ["--layout", layout])).status == 0)
    let known = try await status()
    #expect(!known.contains("needs somebody"), "\(known)")
  }

  @Test func `a file whose control figures are gone keeps its report, and its bills can be read back`() async throws {
    var text = Self.layout
    text.replace(
      #""fields": {"#,
      with: #""control": {"side_file": {"name": "{stem}.ctl"}, "count": {"side_file": "bills"}}, "fields": {"#)
    let layout = ["--layout", try workspace.write(text, to: "rent.json")]
    let file = try workspace.write(Self.rent(12), to: "rent.txt")
    let side = try workspace.write("bills=12\n", to: "rent.ctl")
    try await kill(arguments("submit", file, layout), at: "handed:1")
    try FileManager.default.removeItem(atPath: side)
    for command in ["submit", "settle", "plan"] {
      let result = try await billdrop.run(arguments(command, file, layout))
      #expect(result.status == 75, "\(command) \(result.output)\(result.errors)")
      #expect(result.output.contains("can't be read now as it was when an earlier run took it"), "\(result.output)")
    }
    _ = try workspace.write("bills=12\n", to: "rent.ctl")
    #expect(try await billdrop.run(arguments("submit", file, layout)).status == 0)
    let report = try workspace.report(of: "rent.txt", command: "submit")
    let told = try contents(report)
    try FileManager.default.removeItem(atPath: side)
    let again = try await billdrop.run(arguments("submit", file, layout))
    #expect(again.status == 75 && again.output.contains("it is through"), "\(again.output)\(again.errors)")
    let rebuilt = try await billdrop.run(
      ["report", file, "--ledger", workspace.ledger, "--reports", workspace.reports] + layout)
    #expect(rebuilt.status == 75, "\(rebuilt.output)\(rebuilt.errors)")
    let verified = try await billdrop.run(
      ["verify", file, "--endpoint", sandbox.endpoint, "--ledger", workspace.ledger] + layout)
    #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
    #expect(try contents(report) == told)
    #expect(try await !status().contains("needs somebody"))
    #expect(try await bills() == 12)
  }

  @Test func `told to end while a begun file is checked anew, nothing is said of its rows`() async throws {
    let (flag, reached) = (workspace.path("slow"), workspace.path("reached"))
    let place = try DropPlace(workspace, billdrop, sandbox)
    let configuration = try place.configure(
      #""filter": ["sh", "-c", "cat; test ! -e \#(flag) || { touch \#(reached); sleep 60; }"]"#)
    let file = try workspace.write(BillFile.text(rows: 3_000), to: "july.csv")
    let words = ["submit", file, "--config", configuration, "--format", "json"]
    try await kill(words, at: "handed:1")
    _ = try workspace.write("", to: "slow")
    let program = try billdrop.start(words)
    while program.isRunning, !FileManager.default.fileExists(atPath: reached) {
      try await Task.sleep(for: .milliseconds(5))
    }
    program.signal(SIGINT)
    #expect(try await program.wait() == .exited(75), "\(program.errorText())")
    let summary = try JSONDecoder().decode(SummaryFile.self, from: Data(program.outputText().utf8))
    #expect(summary.verdict == "stopped" && summary.nonzeroOutcomes.isEmpty, "\(program.outputText())")
    #expect(summary.records == SummaryFile.Records(read: 0, valid: 0, invalid: 0) && summary.nonzeroMoney.isEmpty)
    #expect(summary.file.sha256 == nil)
    try FileManager.default.removeItem(atPath: flag)
    #expect(try await billdrop.run(words).status == 0)
    #expect(try await bills() == 3_000)
  }

  // MARK: Through a drop

  private static let names = #""files": "b_(?<date>\\d{8})\\.csv", "order": {}"#

  /// A filter that fails as long as a file of this name is there.
  private func filter(failingBeside flag: String) -> String {
    #""filter": ["sh", "-c", "test ! -e \#(workspace.path(flag)) && cat"]"#
  }

  @Test func `rule 18: a begun file whose filter fails is tried again, and later ones of its feed go after it`()
    async throws
  {
    let place = try DropPlace(workspace, billdrop, sandbox)
    let configuration = try place.configure(Self.names + ", " + filter(failingBeside: "failing"))
    try place.put(BillFile.text(rows: 200), as: "b_20260301.csv")
    try await kill(["run", "--config", configuration], at: "handed:1")
    _ = try workspace.write("", to: "failing")
    try place.put(BillFile.text(rows: 10, prefix: "N"), as: "b_20260302.csv")
    for _ in 1...2 {
      let failed = try await place.run(configuration)
      #expect(failed.status == 75, "\(failed.output)\(failed.errors)")
      #expect(place.claimed == ["b_20260301.csv"] && place.names("rejected").isEmpty, "\(failed.output)")
      #expect(place.names("inbound") == ["b_20260302.csv"], "\(failed.output)\(failed.errors)")
      #expect(failed.errors.contains("goes after b_20260301.csv"), "\(failed.errors)")
    }
    let known = try await billdrop.run("status", "--config", configuration).output
    #expect(known.contains("can't be read now as it was when an earlier run took it"), "\(known)")
    #expect(!known.contains("rejected as a whole"), "\(known)")
    try FileManager.default.removeItem(atPath: workspace.path("failing"))
    let through = try await place.run(configuration)
    #expect(through.status == 0, "\(through.output)\(through.errors)")
    #expect(place.names("archive") == ["b_20260301.csv", "b_20260302.csv"])
    #expect(try await bills() == 210)
    #expect(try await billdrop.run("status", "--config", configuration).output.contains("needs   nobody"))
  }

  @Test func `a service tries a begun file whose filter fails after a pause, tells it once, and it goes on`()
    async throws
  {
    let place = try DropPlace(workspace, billdrop, sandbox)
    let configuration = try place.configure(
      Self.names + ", " + filter(failingBeside: "failing"),
      top: #""poll": 0.2, "notify": {"on_problem": ["tee", "-a", "problem.json"]}"#)
    try place.put(BillFile.text(rows: 200), as: "b_20260301.csv")
    try await kill(["run", "--config", configuration], at: "handed:1")
    _ = try workspace.write("", to: "failing")
    let watching = try billdrop.start(["run", "--config", configuration, "--watch"])
    func until(_ what: String, _ isSo: () -> Bool) async throws {
      let deadline = ContinuousClock.now + .seconds(60)
      while !isSo() {
        guard ContinuousClock.now < deadline else { throw TestFault("never \(what): \(watching.errorText())") }
        try await Task.sleep(for: .milliseconds(20))
      }
    }
    try await until("told") { watching.errorText().contains("can't be read now") }
    try FileManager.default.removeItem(atPath: workspace.path("failing"))
    try await Task.sleep(for: .seconds(1.5))
    #expect(place.claimed == ["b_20260301.csv"], "it rests for a minute")
    #expect(watching.errorText().split(separator: "can't be read now").count == 2, "\(watching.errorText())")
    let told = try String(contentsOfFile: workspace.path("problem.json"), encoding: .utf8)
    #expect(told.split(separator: "\n").count == 1, "\(told)")
    // A new look at the configuration begins anew.
    watching.signal(SIGHUP)
    try await until("archived") { place.names("archive") == ["b_20260301.csv"] }
    #expect(try await bills() == 200)
    watching.signal(SIGTERM)
    #expect(try await watching.wait(atMost: .seconds(40)) == .exited(0), "\(watching.errorText())")
  }

  @Test func `rule 20: a begun file that its feed's changed layout can't read goes on once the layout is mended`()
    async throws
  {
    let place = try DropPlace(workspace, billdrop, sandbox)
    _ = try workspace.write(Self.layout, to: "rent.json")
    let configuration = try place.configure(#""layout": "rent.json""#)
    try place.put(Self.rent(60), as: "a.csv")
    try await kill(["run", "--config", configuration], at: "handed:1")
    _ = try workspace.write(Self.layout.replacing(#""cents""#, with: #""cent""#), to: "rent.json")
    var digits = ""
    for more in [[], ["--approve"]] {
      let slip = try await billdrop.run(
        ["run", "--config", configuration, "--format", "json"] + more + (more.isEmpty ? [] : [digits]))
      #expect(slip.status == 78, "\(slip.output)\(slip.errors)")
      #expect(place.claimed == ["a.csv"] && place.names("rejected").isEmpty, "\(slip.output)")
      let mark = try #require(slip.output.range(of: "This file ("), "\(slip.output)")
      digits = String(slip.output[mark.upperBound...].prefix(12))
    }
    let known = try await billdrop.run("status", "--config", configuration).output
    #expect(known.contains("goes on") && !known.contains("rejected as a whole"), "\(known)")
    _ = try workspace.write(Self.layout, to: "rent.json")
    let through = try await place.run(configuration)
    #expect(through.status == 0, "\(through.output)\(through.errors)")
    #expect(place.names("archive") == ["a.csv"])
    #expect(try await bills() == 60)
  }

  @Test func `a file that was sent by name, and that its feed can't read, keeps no other waiting`() async throws {
    let place = try DropPlace(workspace, billdrop, sandbox)
    let layout = try workspace.write(Self.layout, to: "rent.json")
    let file = try workspace.write(Self.rent(20), to: "rent.txt")
    #expect(try await billdrop.run(arguments("submit", file, ["--layout", layout])).status == 0)
    let configuration = try place.configure(Self.names)
    try place.put(Self.rent(20), as: "b_20260301.csv")
    for day in 2...3 {
      try place.put(BillFile.text(rows: 10, prefix: "N\(day)"), as: "b_2026030\(day).csv")
      let pass = try await place.run(configuration)
      #expect(pass.status == 0, "\(pass.output)\(pass.errors)")
      #expect(pass.output.contains("it is through") == (day == 2), "\(pass.output)\(pass.errors)")
      #expect(place.claimed.isEmpty && place.names("rejected").isEmpty)
      #expect(place.names("archive").contains("b_2026030\(day).csv"), "\(pass.output)\(pass.errors)")
    }
    #expect(try await bills() == 40)
  }

  @Test func `rule 20: a rejected file that was sent under another layout is put away where it comes again`()
    async throws
  {
    let place = try DropPlace(workspace, billdrop, sandbox)
    let layout = try workspace.write(Self.layout, to: "rent.json")
    let configuration = try place.configure()
    try place.put(Self.rent(20), as: "b.csv")
    #expect(try await place.run(configuration).status == 65)
    let file = workspace.path("drop/rejected/b.csv")
    #expect(try await billdrop.run(arguments("submit", file, ["--layout", layout])).status == 0)
    let status = try await billdrop.run("status", "--config", configuration).output
    #expect(!status.contains("rejected as a whole"), "\(status)")
    for _ in 1...2 {
      try place.put(Self.rent(20), as: "b.csv")
      let again = try await place.run(configuration)
      #expect(again.status == 0 && again.output.contains(#""verdict":"duplicate""#), "\(again.output)\(again.errors)")
      #expect(again.output.contains("was taken before under the layout rent"), "\(again.output)")
      #expect(place.claimed.isEmpty && place.names("inbound").isEmpty)
    }
    #expect(place.names("archive").count == 2 && place.names("rejected") == ["b.csv"])
    try place.put(BillFile.text(rows: 10, prefix: "N"), as: "b.csv")
    #expect(try await place.run(configuration).status == 0)
    #expect(try await bills() == 30)
    let known = try await billdrop.run("status", "--config", configuration).output
    #expect(known.contains("needs   nobody"), "\(known)")
  }

  @Test func `a held file whose filter fails when it is let through stays held, and is let through then`() async throws
  {
    let place = try DropPlace(workspace, billdrop, sandbox)
    let configuration = try place.configure(
      filter(failingBeside: "failing"), top: #""guard_bounds": {"least": 3, "times": 4}"#)
    for night in 1...3 {
      try place.put(BillFile.text(rows: 4 + night, prefix: "N\(night)"), as: "\(night).csv")
      #expect(try await place.run(configuration).status == 0)
    }
    try place.put(BillFile.text(rows: 90), as: "far.csv")
    let held = try await place.run(configuration)
    #expect(held.status == 4, "\(held.output)\(held.errors)")
    let mark = try #require(held.output.range(of: "--approve "))
    let digits = String(held.output[mark.upperBound...].prefix(12))
    _ = try workspace.write("", to: "failing")
    let failed = try await place.run(configuration, "--approve", digits)
    #expect(failed.status == 75 && place.claimed == ["far.csv"], "\(failed.output)\(failed.errors)")
    let known = try await billdrop.run("status", "--config", configuration).output
    #expect(known.contains("can't be read now"), "\(known)")
    try FileManager.default.removeItem(atPath: workspace.path("failing"))
    #expect(try await place.run(configuration).status == 4)
    let through = try await place.run(configuration, "--approve", digits)
    #expect(through.status == 0 && place.claimed.isEmpty, "\(through.output)\(through.errors)")
  }

  @Test func `rule 18: a begun file that comes again while its place can't be read has it before it goes on`()
    async throws
  {
    let place = try DropPlace(workspace, billdrop, sandbox)
    let layout = #"""
      {"name": "dated", "operation": "payment", "format": "csv", "csv": {"heading": false},
       "records": {"by": 1, "header": {"value": "H", "columns": {"date": 2}}, "detail": "D"},
       "columns": {"reference": 2, "amount": 3},
       "fields": {"external_reference": "reference", "currency": {"constant": "ZAR"}, "amount_paid": "amount"},
       "order": {"header": "date"}}
      """#
    _ = try workspace.write(layout, to: "dated.json")
    let bills = try workspace.write(BillFile.text(rows: 40), to: "bills.csv")
    #expect(try await billdrop.run(arguments("submit", bills)).status == 0)
    func paid(_ day: Int, _ amount: Int) -> String {
      "H,2026-03-0\(day)\n" + (1...40).map { "D,B-\($0),\(amount)\n" }.joined()
    }
    let configuration = try place.configure(
      #""layout": "dated.json", "order": {}, "# + filter(failingBeside: "failing"))
    try place.put(paid(1, 100), as: "one.csv")
    try await kill(["run", "--config", configuration], at: "handed:1")
    let folder = try #require(place.names("processing").first { !$0.hasPrefix(".") })
    let claim = workspace.path("drop/processing/\(folder)/one.csv")
    try FileManager.default.removeItem(atPath: claim)
    try place.put(paid(2, 240), as: "two.csv")
    let second = try await place.run(configuration)
    #expect(place.names("archive") == ["two.csv"], "\(second.output)\(second.errors)")
    _ = try workspace.write("", to: "failing")
    try place.put(paid(1, 100), as: "one.csv")
    let failed = try await place.run(configuration)
    #expect(failed.status == 75 && place.claimed == ["one.csv"], "\(failed.output)\(failed.errors)")
    try FileManager.default.removeItem(atPath: workspace.path("failing"))
    let late = try await place.run(configuration)
    #expect(late.status == 4, "\(late.output)\(late.errors)")
    #expect(late.output.contains("a later file was done, two.csv"), "\(late.output)")
    #expect(Set(try await sandbox.bills().compactMap(\.amount_paid)) == [240])
  }
}
