import Foundation
import Testing

/// What a configuration says of feeds, and of files that are submitted by name.
@Suite(.fewAtATime)
struct RunFeedTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  private func place() async throws -> DropPlace {
    try DropPlace(workspace, billdrop, await Sandbox(in: workspace))
  }

  @Test(arguments: [nil, "hold", "tell", "off"] as [String?])
  func `a feed's guard holds, tells or doesn't look`(guard mode: String?) async throws {
    let place = try await place()
    let words = mode.map { #""guard": "\#($0)""# } ?? #""canary": {"rows": 0}"#
    // Three files are a history here, and four times the rows are far.
    let configuration = try place.configure(words, top: #""guard_bounds": {"least": 3, "times": 4}"#)
    for night in 1...3 {
      try place.put(BillFile.text(rows: 20, prefix: "N\(night)"), as: "n\(night).csv")
      #expect(try await place.run(configuration).status == 0)
    }
    try place.put(BillFile.text(rows: 50, prefix: "N4"), as: "n4.csv")
    #expect(try await place.run(configuration).status == 0)
    try place.put(BillFile.text(rows: 300, prefix: "N5"), as: "n5.csv")
    let far = try await place.run(configuration)
    let isHeld = mode == nil || mode == "hold"
    #expect(far.status == (isHeld ? 4 : 0), "\(far.errors)")
    #expect(far.output.contains(#""verdict":"far""#) == (mode != "off"), "\(far.output)")
    #expect(try await place.sandbox.state().objects.bills == (isHeld ? 110 : 410))
    guard isHeld else { return }
    #expect(place.claimed == ["n5.csv"])
    let mark = try #require(far.output.range(of: "--approve "))
    let digest = String(far.output[mark.upperBound...].prefix(12))
    #expect(try await place.run(configuration).status == 4)
    #expect(try await place.run(configuration, "--approve", digest).status == 0)
    #expect(try await place.sandbox.state().objects.bills == 410)
  }

  @Test func `a file is compared with the one before it, which lies in the archive by then`() async throws {
    let place = try await place()
    let configuration = try place.configure()
    try place.put(BillFile.text(rows: 10), as: "monday.csv")
    #expect(try await place.run(configuration).status == 0)
    try place.put(BillFile.text(rows: 14), as: "tuesday.csv")
    let second = try await place.run(configuration)
    #expect(second.output.contains(#""name":"monday.csv""#), "\(second.output)")
    let words = try await billdrop.run("run", "--config", configuration).output
    #expect(words.contains("nothing to do"))
    let report = try #require(place.names("reports").first { $0.hasPrefix("tuesday") })
    let summary = try String(
      contentsOfFile: workspace.path("drop/reports/\(report)/summary.json"), encoding: .utf8)
    #expect(summary.contains(#""before""#) && summary.contains(#""added": 4"#), "\(summary)")
  }

  @Test(arguments: ["monday.mended.csv", "late.csv"])
  func `a file of mended rows is not the one before, whatever it is called`(_ name: String) async throws {
    let place = try await place()
    let configuration = try place.configure()
    try place.put(BillFile.text(rows: 10) { $0 == 4 }, as: "monday.csv")
    #expect(try await place.run(configuration).status == 1)
    let lines = BillFile.text(rows: 10).split(separator: "\n")
    try place.put(lines[0] + "\n" + lines[4] + "\n", as: name)
    #expect(try await place.run(configuration).status == 0)
    try place.put(BillFile.text(rows: 14), as: "tuesday.csv")
    #expect(try await place.run(configuration).status == 0)
    let report = try #require(place.names("reports").first { $0.hasPrefix("tuesday") })
    let summary = try String(
      contentsOfFile: workspace.path("drop/reports/\(report)/summary.json"), encoding: .utf8)
    #expect(summary.contains(#""before""#) && summary.contains(#""added": 5"#), "\(summary)")
  }

  @Test func `a canary of the configuration goes first, and waits for an approval`() async throws {
    let place = try await place()
    let configuration = try place.configure(#""canary": {"rows": 3, "then": "wait"}"#)
    try place.put(BillFile.text(rows: 30), as: "a.csv")
    let first = try await place.run(configuration)
    #expect(first.status == 4, "\(first.errors)")
    #expect(try await place.sandbox.state().objects.bills == 3)
    let mark = try #require(first.output.range(of: "--approve "))
    let digest = String(first.output[mark.upperBound...].prefix(12))
    #expect(try await place.run(configuration, "--approve", digest).status == 0)
    #expect(try await place.sandbox.state().objects.bills == 30)
    #expect(place.names("archive") == ["a.csv"])
  }

  @Test func `receipts of a drop's files are signed, and the page of all reports is made anew`() async throws {
    let place = try await place()
    let key = String(repeating: "k", count: 40)
    _ = try workspace.write(key, to: "receipt.key")
    let configuration = try place.configure(top: #""receipt": {"key_file": "receipt.key"}"#)
    try place.put(BillFile.text(rows: 4), as: "a.csv")
    #expect(try await place.run(configuration).status == 0)
    let index = workspace.path("reports/index.html")
    #expect(try String(contentsOfFile: index, encoding: .utf8).contains("a.csv"))
    let report = try workspace.report(of: "a.csv", command: "submit")
    #expect(try report.text("receipt.json").contains(#""signature""#))
    let verified = try await billdrop.run(
      "verify", workspace.path("drop/archive/a.csv"), "--receipt", report.path("receipt.json"), "--ledger",
      workspace.ledger, "--receipt-key-file", workspace.path("receipt.key"))
    #expect(verified.status == 0, "\(verified.output)\(verified.errors)")

    try place.put(BillFile.text(rows: 4, prefix: "C"), as: "b.csv")
    #expect(try await place.run(configuration).status == 0)
    #expect(try String(contentsOfFile: index, encoding: .utf8).contains("b.csv"))
  }

  @Test func `a run without a key names what the configuration may say of it`() async throws {
    let place = try await place()
    let configuration = try place.configure()
    try place.put(BillFile.text(rows: 2), as: "a.csv")
    for command in ["run", "doctor"] {
      let result = try await Billdrop(workspace: workspace, key: nil).run(command, "--config", configuration)
      let words = result.output + result.errors
      #expect(result.status == 77 && words.contains("\"key_credential\""), "\(words)")
      #expect(!words.contains("--key-file"), "no option of it")
    }
    let live = try await Billdrop(workspace: workspace, key: "sk_live").run("run", "--config", configuration)
    #expect(live.status == 77 && live.errors.contains("Say \"live\": true"), "\(live.errors)")
  }

  // MARK: The bytes of another night

  @Test(arguments: [#""files": "b_(?<date>\\d{8})\\.csv""#, #""canary": {"rows": 0}"#])
  func `the bytes of another night are no file of this one, unless they hold no rows`(_ names: String) async throws {
    let place = try await place()
    let configuration = try place.configure(
      names + #", "expect": {"time": "06:00", "zone": "UTC", "stand_in": false}"#,
      top: #""notify": {"on_missing": ["tee", "-a", "missing.json"]}"#)
    // From 2026-03-02 on.
    func at(_ day: Int64, _ hour: Int64, _ command: String = "run") async throws -> Billdrop.Result {
      try await place.run(configuration, day: day, hour: hour, command: command)
    }
    func name(_ day: Int) -> String { names.contains("date") ? "b_2026030\(day).csv" : "b.csv" }
    let monday = BillFile.text(rows: 2)
    try place.put(monday, as: name(2))
    #expect(try await at(2, 3).status == 0)
    try place.put(monday, as: name(3))
    let repeated = try await at(3, 5)
    #expect(repeated.status == 0 && repeated.output.contains("duplicate"), "\(repeated.output)\(repeated.errors)")
    let missing = try await at(3, 7)
    let cause = "\(name(3)) came with the bytes of \(name(2))"
    #expect(missing.status == 3 && missing.output.contains(cause), "\(missing.output)")
    #expect(try String(contentsOfFile: workspace.path("missing.json"), encoding: .utf8).contains(cause))
    #expect(try await at(3, 8, "status").output.contains(cause))

    // Two nights without bills are alike.
    for day in [4, 5] {
      try place.put(BillFile.text(rows: 0), as: name(day))
      let taken = try await at(Int64(day), 5)
      #expect(taken.output.contains(day == 4 ? #""verdict":"complete""# : "duplicate"), "\(taken.output)")
      let after = try await at(Int64(day), 7)
      #expect(after.status == 0, "\(after.output)")
    }
    guard names.contains("date") else { return }
    #expect(try await at(5, 8, "status").output.contains(cause))
    try place.put(BillFile.text(rows: 2, prefix: "T"), as: name(3))
    #expect(try await at(5, 9).status == 0)
    #expect(try await !at(5, 10, "status").output.contains(cause))
  }

  // MARK: Order from the header

  /// A layout whose files begin with a header that has their date.
  private static let layout = """
    {"name": "dated", "format": "csv", "csv": {"heading": false},
     "records": {"by": 1, "header": {"value": "H", "columns": {"date": 2}}, "detail": "D"},
     "columns": {"reference": 2, "amount": 3, "customer": 4},
     "fields": {
       "external_reference": "reference", "currency": {"constant": "ZAR"}, "amount_due": "amount",
       "bill_date": {"header": "date"}, "due_date": {"constant": "2027-01-31"}, "customer.external_reference": "customer",
       "customer.name": {"constant": "Resident"}},
     "order": {"header": "date"}}
    """

  private func dated(_ date: String, _ rows: Int) -> String {
    "H,\(date)\n" + (1...rows).map { "D,\(date)-\($0),\(100 + $0),C\($0)\n" }.joined()
  }

  @Test func `files go in the order of the dates in their headers, and an older one is held`() async throws {
    let place = try await place()
    _ = try workspace.write(Self.layout, to: "dated.json")
    let configuration = try place.configure(#""layout": "dated.json", "order": {}"#)
    try place.put(dated("2026-03-02", 3), as: "a.csv")
    try place.put(dated("2026-03-01", 3), as: "z.csv")
    let first = try await place.run(configuration)
    #expect(first.status == 0, "\(first.errors)")
    let earlier = try #require(first.output.range(of: "z.csv")?.lowerBound)
    #expect(earlier < (try #require(first.output.range(of: "a.csv")?.lowerBound)))
    try place.put(dated("2026-02-28", 2), as: "b.csv")
    try place.put("no header\n", as: "c.csv")
    let second = try await place.run(configuration)
    #expect(place.names("inbound") == ["b.csv"])
    #expect(place.names("rejected") == ["c.csv"])
    #expect(second.status == 65, "\(second.errors)")
    #expect(second.output.contains("a later file was done, a.csv (2026-03-02)"), "\(second.output)")
    try place.put(dated("2026-03-03", 2), as: "b.csv")
    #expect(try await place.run(configuration).status == 0)
    #expect(try await place.sandbox.state().objects.bills == 8)
  }

  // MARK: Mended rows

  private func totalled(_ date: String, _ rows: [(reference: String, amount: Int)], count: Int) -> String {
    "H,\(date)\n" + rows.map { "D,\($0.reference),\($0.amount),C\n" }.joined() + "T,\(count)\n"
  }

  @Test func `mended rows are known by their references: no order, no trailer, no day's file`() async throws {
    let place = try await place()
    var layout = Self.layout
    layout.replace(
      #""detail": "D"}"#, with: #""detail": "D", "trailer": {"value": "T", "columns": {"count": 2}}}"#)
    layout.replace(#""order":"#, with: #""control": {"count": {"trailer": "count"}}, "order":"#)
    _ = try workspace.write(layout, to: "dated.json")
    let configuration = try place.configure(#""layout": "dated.json", "order": {}"#)
    let rows = (1...6).map { ("R-\($0)", $0 == 2 || $0 == 5 ? 0 : 100 + $0) }
    try place.put(totalled("2026-03-02", rows, count: 6), as: "a.csv")
    #expect(try await place.run(configuration).status == 1)

    // One of them mended and one as it was; the trailer is that of the whole file.
    try place.put(totalled("2026-03-02", [("R-2", 102), ("R-5", 0)], count: 6), as: "second.csv")
    let mended = try await place.run(configuration)
    #expect(mended.status == 1, "\(mended.output)\(mended.errors)")
    #expect(place.names("inbound").isEmpty)
    try place.put(totalled("2026-03-09", [("R-5", 105)], count: 6), as: "third.csv")
    #expect(try await place.run(configuration).status == 0)
    #expect(try await place.sandbox.state().objects.bills == 6)

    // No day's file: the next one is that after the first, and no gap lies between.
    try place.put(totalled("2026-03-03", [("R-7", 107)], count: 1), as: "next.csv")
    let next = try await place.run(configuration)
    #expect(next.status == 0 && !next.errors.contains("Out of order"), "\(next.errors)")
    // With a row of its own among them it is another file, by its order and its trailer.
    try place.put(totalled("2026-03-02", [("R-2", 102), ("R-8", 108)], count: 2), as: "other.csv")
    #expect(try await place.run(configuration).status == 4)
    #expect(place.names("inbound") == ["other.csv"])
    try place.put(totalled("2026-03-04", [("R-2", 102), ("R-8", 108)], count: 6), as: "other.csv")
    #expect(try await place.run(configuration).status == 65)
  }
}
