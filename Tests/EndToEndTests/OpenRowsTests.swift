import Foundation
import Testing

/// Files that are through but for some of their rows: each needs somebody until its rows have come, on the page and in
/// `billdrop status` alike.
@Suite(.fewAtATime) struct OpenRowsTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace, environment: ["COLUMNS": "400"])
  }

  private struct Answer: Decodable {
    struct Ledger: Decodable {
      struct Need: Decodable {
        let kind: String
        let drop: String
        let file: String
        let reason: String
        let next: String
        let approve: String?
      }
      let needs: [Need]
    }
    let ledgers: [Ledger]
  }

  private func needs(_ words: String...) async throws -> [Answer.Ledger.Need] {
    let result = try await Billdrop(workspace: workspace, key: nil).run(["status", "--format", "json"] + words)
    return try #require(try JSONDecoder().decode(Answer.self, from: Data(result.output.utf8)).ledgers.first).needs
  }

  private var index: String {
    (try? String(contentsOfFile: workspace.reports + "/index.html", encoding: .utf8)) ?? ""
  }

  /// The part of the page that says what needs somebody.
  private var needed: String {
    let parts = index.components(separatedBy: "id=\"needs\"")
    return parts.count < 2 ? "" : parts[1].components(separatedBy: "</section>")[0]
  }

  /// One row of a file, whole.
  private func mended(_ prefix: String, rows: [Int]) -> String {
    let lines = BillFile.text(rows: 20, prefix: prefix).split(separator: "\n")
    return ([lines[0]] + rows.map { lines[$0] }).joined(separator: "\n") + "\n"
  }

  /// Writes a file and submits it by name; its exit status.
  private func submit(_ text: String, _ name: String, to sandbox: Sandbox, _ more: String...) async throws -> Int {
    let path = try workspace.write(text, to: name)
    return try await billdrop.run(
      ["submit", path, "--endpoint", sandbox.endpoint, "--ledger", workspace.ledger, "--reports", workspace.reports]
        + more
    ).status
  }

  @Test func `each file of a feed with open rows is named, the latest first, until they have come`() async throws {
    let place = try DropPlace(workspace, billdrop, try await Sandbox(in: workspace))
    let configuration = try place.configure(#""files": "b_(?<date>\\d{8})\\.csv", "guard": "off""#)
    try place.put(BillFile.text(rows: 20, prefix: "N1") { [4, 9].contains($0) }, as: "b_20201120.csv")
    try place.put(BillFile.text(rows: 20, prefix: "N2") { $0 == 7 }, as: "b_20201121.csv")
    try place.put(BillFile.text(rows: 20, prefix: "N3"), as: "b_20201122.csv")
    #expect(try await place.run(configuration).status == 1)
    let both = try await needs("--config", configuration)
    #expect(both.map(\.kind) == ["rows", "rows"] && both.map(\.file) == ["b_20201121.csv", "b_20201120.csv"])
    #expect(both[1].reason == "2 of 20 rows are not through: 2 rejected.", "\(both[1].reason)")
    #expect(both[1].next.contains("b_20201120.mended.csv"))
    #expect(index.contains("2 things need somebody"), "the last night was good, the two before still need somebody")
    let first = try #require(needed.range(of: "b_20201121.csv")), second = needed.range(of: "b_20201120.csv")
    #expect(second.map { first.lowerBound < $0.lowerBound } ?? false, "\(needed)")
    let digits = try both.map { try #require($0.approve) }
    for file in zip(["b_20201121.csv", "b_20201120.csv"], digits) {
      #expect(needed.contains("href=\"./\(file.0)-\(file.1)/submit/report.html\""), "\(needed)")
    }
    let text = try await billdrop.run("status", "--config", configuration).output
    #expect(
      text.contains("2 things need somebody") && text.contains("nightly b_20201120.csv: has rows to look at"), "\(text)"
    )

    // One comes by its name, with a row that is bad still; of the other its row comes under another name.
    try place.put(
      mended("N1", rows: [4]) + "N1-9,ZAR,0,2025-07-01,2025-07-25,,,,,2025-07\n", as: "b_20201120.mended.csv")
    #expect(try await place.run(configuration).status == 1)
    #expect(try await needs("--config", configuration).map(\.file) == ["b_20201120.mended.csv", "b_20201121.csv"])
    try place.put(mended("N2", rows: [7]), as: "b_20201130.csv")
    #expect(try await place.run(configuration).status == 0)
    let left = try await needs("--config", configuration)
    #expect(left.map(\.file) == ["b_20201120.mended.csv"])
    #expect(index.contains("1 thing needs somebody") && needed.contains("b_20201120.mended.csv"))

    // About the last one nothing is left to do.
    let struck = try await place.run(configuration, "--strike-off", try #require(left[0].approve))
    #expect(struck.status == 0 && struck.errors.contains("is struck off what needs somebody"), "\(struck.errors)")
    #expect(try await needs("--config", configuration).isEmpty)
    #expect(index.contains("All is well"))
    let again = try await place.run(configuration, "--strike-off", try #require(left[0].approve))
    #expect(again.status == 64 && again.errors.contains("no file with these digits has rows"), "\(again.errors)")
  }

  @Test func `what is let through isn't struck off by the same word`() async throws {
    let place = try DropPlace(workspace, billdrop, try await Sandbox(in: workspace))
    let configuration = try place.configure(#""files": "b_(?<date>\\d{8})\\.csv", "order": {}"#)
    try place.put(BillFile.text(rows: 3, prefix: "N2"), as: "b_20201121.csv")
    #expect(try await place.run(configuration).status == 0)
    try place.put(BillFile.text(rows: 3, prefix: "N1") { $0 == 2 }, as: "b_20201120.csv")
    #expect(try await place.run(configuration).status == 4)
    let held = try #require(try await needs("--config", configuration).first?.approve)
    #expect(try await place.run(configuration, "--approve", held).status == 1)
    #expect(try await needs("--config", configuration).map(\.kind) == ["rows"])
  }

  @Test func `a mended file is for the last of its name alone, and a bill that came is no payment`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    #expect(try await submit(BillFile.text(rows: 3, prefix: "A") { $0 == 2 }, "bills.csv", to: sandbox) == 1)
    #expect(try await submit(BillFile.text(rows: 4, prefix: "B") { $0 == 3 }, "bills.csv", to: sandbox) == 1)
    #expect(try await submit(mended("B", rows: [3]), "bills.mended.csv", to: sandbox) == 0)
    let first = try await needs("--ledger", workspace.ledger)
    #expect(first.map(\.reason) == ["1 of 3 rows is not through: 1 rejected."], "\(first)")
    #expect(try await submit(mended("A", rows: [2]), "late.csv", to: sandbox) == 0)
    #expect(try await needs("--ledger", workspace.ledger).isEmpty)

    let payments = "external_reference,currency,amount_paid\nP-1,ZAR,-5\n"
    #expect(try await submit(payments, "payments.csv", to: sandbox, "--layout", "payment") == 1)
    #expect(try await submit(BillFile.text(rows: 1, prefix: "P"), "bill.csv", to: sandbox) == 0)
    #expect(try await needs("--ledger", workspace.ledger).map(\.file) == ["payments.csv"])
  }

  @Test func `files that are submitted by name are named too, and a row in conflict waits for a word`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    #expect(try await submit(BillFile.text(rows: 6, prefix: "A") { $0 == 5 }, "a1.csv", to: sandbox) == 1)
    #expect(try await submit(BillFile.text(rows: 6, prefix: "B") { $0 == 5 }, "a2.csv", to: sandbox) == 1)
    #expect(try await submit(BillFile.text(rows: 6, prefix: "C"), "a3.csv", to: sandbox) == 0)
    let both = try await needs("--ledger", workspace.ledger)
    #expect(both.map(\.file) == ["a2.csv", "a1.csv"] && both.allSatisfy { $0.drop.isEmpty && $0.kind == "rows" })
    let digits = try #require(both.last?.approve)
    #expect(both.last?.next.contains("in the folder a1.csv-\(digits) of its reports.") == true, "\(both)")
    #expect(index.contains("2 things need somebody") && needed.contains("a1.csv") && needed.contains("a2.csv"))
    #expect(try await submit(mended("A", rows: [5]), "a1.mended.csv", to: sandbox) == 0)
    #expect(try await needs("--ledger", workspace.ledger).map(\.file) == ["a2.csv"])
    #expect(index.contains("1 thing needs somebody") && !needed.contains("a1.csv"))
    #expect(try await submit(mended("B", rows: [5]), "others.csv", to: sandbox) == 0)
    #expect(try await needs("--ledger", workspace.ledger).isEmpty)
    #expect(index.contains("All is well"))

    // A bill of that reference is there, with another amount: no file tells what is right.
    let other = BillFile.text(rows: 1, prefix: "A").replacingOccurrences(of: "1007", with: "1008")
    #expect(try await submit(other, "c.csv", to: sandbox) == 1)
    let conflict = try await needs("--ledger", workspace.ledger)
    #expect(conflict.map(\.file) == ["c.csv"] && conflict[0].reason.contains("1 conflict"), "\(conflict)")
    #expect(
      !conflict[0].next.contains("mended") && conflict[0].next.contains("raised again under another reference"),
      "\(conflict)")
    let text = try await Billdrop(workspace: workspace, key: nil).run("status", "--ledger", workspace.ledger).output
    let line = try #require(text.split(separator: "\n").first { $0.contains("c.csv (") }, "\(text)")
    #expect(line.contains("complete, with rows in conflict"), "\(line)")
    #expect(try await submit(other, "c.csv", to: sandbox, "--strike-off", try #require(conflict[0].approve)) == 0)
    #expect(try await needs("--ledger", workspace.ledger).isEmpty)
    #expect(index.contains("All is well"))
  }

  @Test func `a mended file does away with the rows that it has, and no others`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    #expect(
      try await submit(BillFile.text(rows: 8, prefix: "A") { [2, 4, 6].contains($0) }, "a.csv", to: sandbox) == 1)
    #expect(try await submit(mended("A", rows: [2, 4]), "a.mended.csv", to: sandbox) == 0)
    let left = try await needs("--ledger", workspace.ledger)
    #expect(left.map(\.file) == ["a.csv"])
    #expect(left[0].reason == "3 of 8 rows are not through: 3 rejected. 2 of them have come since.", "\(left)")
    #expect(index.contains("1 thing needs somebody") && needed.contains("2 of them have come since"))
    #expect(try await submit(mended("A", rows: [6]), "a.mended.csv", to: sandbox) == 0)
    #expect(try await needs("--ledger", workspace.ledger).isEmpty)
  }

  @Test func `a row without a reference has come with a mended file of its file alone`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    var lines = BillFile.text(rows: 3, prefix: "A").split(separator: "\n").map(String.init)
    lines[2] = "," + lines[2].split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)[1]
    #expect(try await submit(lines.joined(separator: "\n") + "\n", "a.csv", to: sandbox) == 1)
    #expect(try await submit(mended("A", rows: [8, 9]), "b.csv", to: sandbox) == 0)
    #expect(try await needs("--ledger", workspace.ledger).map(\.file) == ["a.csv"])
    // The others again: they were raised before.
    #expect(try await submit(mended("A", rows: [1, 3]), "a.mended.csv", to: sandbox) == 0)
    #expect(try await needs("--ledger", workspace.ledger).map(\.file) == ["a.csv"])
    #expect(try await submit(mended("A", rows: [2]), "a.mended.csv", to: sandbox) == 0)
    #expect(try await needs("--ledger", workspace.ledger).isEmpty)
  }

  @Test func `rows of payments have come under any name, and a bill that was there before its faulty row`() async throws
  {
    let sandbox = try await Sandbox(in: workspace)
    #expect(try await submit(BillFile.text(rows: 2, prefix: "P"), "bills.csv", to: sandbox) == 0)
    func payments(_ amount: String) -> String { "external_reference,currency,amount_paid\nP-1,ZAR,\(amount)\n" }
    #expect(try await submit(payments("-5"), "payments.csv", to: sandbox, "--layout", "payment") == 1)
    #expect(try await submit(BillFile.text(rows: 2, prefix: "P") { $0 == 2 }, "again.csv", to: sandbox) == 1)
    #expect(try await needs("--ledger", workspace.ledger).map(\.file) == ["again.csv", "payments.csv"])
    #expect(try await submit(payments("5"), "others.csv", to: sandbox, "--layout", "payment") == 0)
    #expect(try await needs("--ledger", workspace.ledger).map(\.file) == ["again.csv"])
    #expect(try await submit(mended("P", rows: [2]), "third.csv", to: sandbox) == 0)
    #expect(try await needs("--ledger", workspace.ledger).isEmpty)
  }

  @Test func `an approval strikes nothing off, and a file is struck off by its own word alone`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let text = BillFile.text(rows: 3, prefix: "A") { $0 == 2 }
    #expect(try await submit(text, "a.csv", to: sandbox) == 1)
    let digits = try #require(try await needs("--ledger", workspace.ledger).first?.approve)
    #expect(try await submit(text, "a.csv", to: sandbox, "--approve", digits) == 0)
    #expect(try await submit(text, "a.csv", to: sandbox, "--strike-off", "000000000000") == 64)
    let left = try await needs("--ledger", workspace.ledger)
    #expect(left.map(\.file) == ["a.csv"] && left[0].next.contains("with --strike-off \(digits) strikes it off"))
    #expect(try await submit(text, "a.csv", to: sandbox, "--strike-off", digits) == 0)
    #expect(try await needs("--ledger", workspace.ledger).isEmpty)
  }

  /// A file whose amounts are read by one layout alone, and that layout.
  private func commas(_ prefix: String, rows: Int = 5) -> String {
    "ref;amount;due\n" + (1...rows).map { "\(prefix)-\($0);1\($0),50;2026-07-25\n" }.joined()
  }

  private func layout(_ decimal: String) -> String {
    """
    {"name": "commas", "format": "csv", "csv": {"delimiter": ";"}, "fields": {"external_reference": "ref",
     "amount_due": {"column": "amount", "steps": [{"amount": {"decimal": "\(decimal)"}}]},
     "currency": {"constant": "ZAR"}, "bill_date": {"column": "due", "steps": [{"date": "yyyy-MM-dd"}]},
     "due_date": {"column": "due", "steps": [{"date": "yyyy-MM-dd"}]},
     "customer.external_reference": {"column": "ref", "steps": [{"prefix": "C-"}]}, "customer.name": "ref"}}
    """
  }

  @Test func `rows have come with their own file under another layout`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let wrong = try workspace.write(layout("."), to: "wrong.json")
    let right = try workspace.write(layout(","), to: "right.json")
    #expect(try await submit(commas("A"), "a.csv", to: sandbox, "--layout", wrong) == 1)
    let digits = try #require(try await needs("--ledger", workspace.ledger).first?.approve)
    #expect(try await submit(commas("A"), "a.csv", to: sandbox, "--layout", right) == 78)
    #expect(try await submit(commas("A"), "a.csv", to: sandbox, "--layout", right, "--approve", digits) == 0)
    #expect(try await needs("--ledger", workspace.ledger).isEmpty)
    #expect(index.contains("All is well"))
  }

  @Test(arguments: [nil, "sent:1"] as [String?])
  func `a file whose rows are rejected by a wrong layout comes again under the mended one`(_ crash: String?)
    async throws
  {
    let place = try DropPlace(workspace, billdrop, try await Sandbox(in: workspace))
    _ = try workspace.write(layout("."), to: "bills.layout.json")
    let configuration = try place.configure(#""layout": "bills.layout.json""#)
    try place.put(commas("A"), as: "a.csv")
    #expect(try await place.run(configuration).status == 1)
    // By the same layout nothing is to be gained.
    try place.put(commas("A"), as: "a.csv")
    let same = try await place.run(configuration)
    #expect(same.status == 0 && same.output.contains("The same bytes came before"), "\(same.output)")
    _ = try workspace.write(layout(","), to: "bills.layout.json")
    try place.put(commas("A"), as: "again.csv")
    let told = try await place.run(configuration)
    let digits = try #require(try await needs("--config", configuration).first?.approve)
    #expect(told.status == 1 && told.output.contains("5 rows are not through: 5 rejected."), "\(told.output)")
    #expect(told.output.contains("billdrop run --config \(configuration) --approve \(digits)"), "\(told.output)")
    #expect(place.names("inbound").isEmpty && place.claimed.isEmpty)
    try place.put(commas("A"), as: "again.csv")
    if let crash {
      var dying = billdrop
      dying.environment["BILLDROP_CRASH_AT"] = crash
      let program = try dying.start(["run", "--config", configuration, "--approve", digits])
      #expect(try await program.wait() == .signalled(9))
      // What was let through goes on without another word.
      #expect(try await place.run(configuration).status == 0)
    } else {
      #expect(try await place.run(configuration, "--approve", digits).status == 0)
    }
    #expect(try await place.sandbox.state().objects.bills == 5)
    #expect(try await needs("--config", configuration).isEmpty)
    try place.put(commas("A"), as: "a.csv")
    #expect(try await place.run(configuration).status == 0)
  }

  @Test func `a file that was rejected whole is named until a usable one of its name has come, or it is gone`()
    async throws
  {
    let sandbox = try await Sandbox(in: workspace)
    let broken = BillFile.text(rows: 2, prefix: "A") + "\"A-9,ZAR\n"
    #expect(try await submit(broken, "a.csv", to: sandbox) == 65)
    #expect(try await submit(broken, "b.csv", to: sandbox) == 65)
    let both = try await needs("--ledger", workspace.ledger)
    #expect(both.map(\.file) == ["a.csv", "b.csv"] && both.allSatisfy { $0.kind == "rejected" && $0.drop.isEmpty })
    #expect(both[0].next.contains("submit it under its name"), "\(both)")
    #expect(index.contains("2 things need somebody") && needed.contains("a.csv"), "\(needed)")
    try FileManager.default.removeItem(atPath: workspace.path("b.csv"))
    #expect(try await submit(BillFile.text(rows: 2, prefix: "A"), "a.csv", to: sandbox) == 0)
    #expect(try await needs("--ledger", workspace.ledger).isEmpty)
    #expect(index.contains("All is well"))
  }

  @Test func `a file that was rejected whole is struck off by a word, in a drop and by name`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let broken = BillFile.text(rows: 2, prefix: "A") + "\"A-9,ZAR\n"
    #expect(try await submit(broken, "a.csv", to: sandbox) == 65)
    let need = try #require(try await needs("--ledger", workspace.ledger).first)
    let digits = try #require(need.approve)
    #expect(need.next.contains("with --strike-off \(digits) strikes it off"), "\(need.next)")
    #expect(try await submit(broken, "a.csv", to: sandbox, "--strike-off", "000000000000") == 65)
    #expect(try await needs("--ledger", workspace.ledger).map(\.file) == ["a.csv"])
    #expect(try await submit(broken, "a.csv", to: sandbox, "--strike-off", digits) == 65)
    #expect(try await needs("--ledger", workspace.ledger).isEmpty)

    let place = try DropPlace(workspace, billdrop, sandbox)
    let configuration = try place.configure()
    try place.put(broken.replacing("A-", with: "B-"), as: "b.csv")
    #expect(try await place.run(configuration).status == 65)
    let inDrop = try #require(try await needs("--config", configuration).first { $0.file == "b.csv" })
    let struck = try await place.run(configuration, "--strike-off", try #require(inDrop.approve))
    #expect(struck.status == 0 && struck.errors.contains("is struck off what needs somebody"), "\(struck.errors)")
    for _ in 1...2 {
      #expect(try await needs("--config", configuration).isEmpty)
      #expect(try await place.run(configuration).status == 0)
    }
    #expect(place.names("rejected") == ["b.csv"])
  }

  @Test func `about rows that repeat one of their file nothing is left to do`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let whole = BillFile.text(rows: 4, prefix: "A")
    let repeated = whole + whole.split(separator: "\n").suffix(2).joined(separator: "\n") + "\n"
    #expect(try await submit(repeated, "a.csv", to: sandbox) == 1)
    #expect(try await needs("--ledger", workspace.ledger).isEmpty)
    #expect(index.contains("All is well"))
    // With others among them, these alone.
    let faulty = BillFile.text(rows: 4, prefix: "B") { $0 == 2 }
    let both = faulty + faulty.split(separator: "\n").suffix(1).joined() + "\n"
    #expect(try await submit(both, "b.csv", to: sandbox) == 1)
    let left = try await needs("--ledger", workspace.ledger)
    #expect(left.map(\.reason) == ["1 of 5 rows is not through: 1 rejected."], "\(left)")
    #expect(try await submit(mended("B", rows: [2]), "late.csv", to: sandbox) == 0)
    #expect(try await needs("--ledger", workspace.ledger).isEmpty)
  }

  @Test func `a report that was removed is named no more`() async throws {
    let place = try DropPlace(workspace, billdrop, try await Sandbox(in: workspace))
    let configuration = try place.configure()
    try place.put(BillFile.text(rows: 3, prefix: "A") { $0 == 2 }, as: "a.csv")
    #expect(try await place.run(configuration).status == 1)
    let before = try #require(try await needs("--config", configuration).first)
    #expect(before.next.contains("Its report lists them: "), "\(before.next)")
    let gone = try await billdrop.run("forget", "a.csv", "--config", configuration, "--yes")
    #expect(gone.status == 0, "\(gone.errors)")
    let after = try #require(try await needs("--config", configuration).first)
    #expect(after.next.contains("Its report is gone: billdrop report a.csv"), "\(after.next)")
  }
}
