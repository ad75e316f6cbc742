import Foundation
import Testing

/// What `billdrop layout guess` writes of the samples reads them, once the places that it marks are filled in.
@Suite(.fewAtATime)
struct GuessSampleTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace, key: nil)
  }

  /// What a person fills in, place by place: each of them must be there, below a mark.
  private func guess(_ file: String, filling: [(String, String)]) async throws -> String {
    let guessed = try await billdrop.run("layout", "guess", file)
    #expect(guessed.status == 0, "\(guessed.errors)")
    var text = guessed.output
    for (place, value) in filling {
      let lines = text.components(separatedBy: "\n")
      let index = try #require(lines.firstIndex { $0.contains(place) }, "\(place): \(text)")
      #expect(lines[..<index].last { !$0.contains("// ") || $0.contains("// ?") }?.contains("// ?") == true, "\(place)")
      text = text.replacingOccurrences(of: place, with: value)
    }
    return try workspace.write(text, to: "guessed.json")
  }

  private func validate(_ file: String, by layout: String) async throws -> (Int, SummaryFile) {
    let result = try await billdrop.run(
      "validate", file, "--layout", layout, "--format", "json", "--sent-on", "2025-01-01")
    return (result.status, try result.summary())
  }

  @Test(arguments: Expectation.all.filter { $0.exit != 65 && $0.arguments?.isEmpty != false })
  func `a sample under the API's headings is read by what is guessed of it`(_ expected: Expectation) async throws {
    let file = Place.sample(expected.file)
    // Bad bytes let a file pass for no UTF-8, which is asked for; so is what whole amounts are beside one with a mark.
    let bad = expected.file == "faults.csv" ? [("\"windows-1252\"", "\"UTF-8\"")] : []
    let whole = [
      "faults.csv": ["amount_due", "account.balance"], "old-bills.csv": ["amount_paid"],
      "spreadsheet.csv": ["amount_due"],
    ]
    let filling =
      bad + (whole[expected.file] ?? []).map { ("{ \"column\": \"\($0)\", \"steps\": [\"?\"] }", "\"\($0)\"") }
    let (status, summary) = try await validate(file, by: try await guess(file, filling: filling))
    #expect(status == expected.exit)
    #expect(summary.records == expected.records)
    #expect(Set(summary.issues) == Set(expected.issues ?? []))
  }

  @Test func `decimal commas in Windows-1252`() async throws {
    let expected = try #require(Expectation.merchants.first { $0.file == "betrag.csv" })
    let file = Place.sample("merchants/betrag.csv")
    let layout = try await guess(
      file,
      filling: [
        ("\"currency\": { \"constant\": \"?\" }", "\"currency\": { \"constant\": \"ZAR\" }"),
        ("\"decimal\": \"??\"", "\"decimal\": \",\", \"group\": \".\""), ("\"phone\": \"?\"", "\"phone\": \"NA\""),
      ])
    let (status, summary) = try await validate(file, by: layout)
    #expect(status == expected.exit && summary.records == expected.records)
    #expect(summary.nonzeroMoney == expected.money?.nonzero)
    #expect(Set(summary.issues) == Set(expected.issues ?? []))
  }

  @Test func `tabs without a heading row`() async throws {
    let file = Place.sample("merchants/tabs.tsv")
    let layout = try await guess(
      file,
      filling: [
        ("\"customer.external_reference\": { \"column\": 3 }", "\"customer.external_reference\": { \"column\": 6 }"),
        ("{ \"column\": \"?\", \"steps\": [\"?\"] }", "{ \"column\": 3 }"),
      ])
    let (status, summary) = try await validate(file, by: layout)
    // Without the rules and the control figure that only the merchant can state.
    #expect(status == 1 && summary.records == SummaryFile.Records(read: 10, valid: 8, invalid: 2))
    #expect(Set(summary.issues.map(\.code)) == ["currency.unknown", "record.too-few-fields", "currency.unsupported"])
  }

  @Test func `UTF-16 that a spreadsheet wrote`() async throws {
    let expected = try #require(Expectation.merchants.first { $0.file == "unicode-text.txt" })
    let file = Place.sample("merchants/unicode-text.txt")
    let (status, summary) = try await validate(file, by: try await guess(file, filling: []))
    #expect(status == 1)
    // Only the width of the customer's number can't be seen in the file.
    #expect(
      Set(summary.issues.map(\.code))
        == Set((expected.issues ?? []).map(\.code)).subtracting(["spreadsheet.lost-zeros"])
    )
    #expect(summary.nonzeroMoney["ZAR"]?["read"] == expected.money?["ZAR"]?["read"])
  }

  @Test(arguments: ["BILLS.20250701.dat", "mainframe.bin"])
  func `header, bills and trailer of fixed width, as text and as EBCDIC with packed numbers`(_ name: String)
    async throws
  {
    let expected = try #require(Expectation.merchants.first { $0.file == name })
    let file = Place.sample("merchants/" + name)
    let layout = try await guess(
      file,
      filling: [
        ("\"currency\": { \"constant\": \"?\" }", "\"currency\": { \"constant\": \"ZAR\" }"),
        ("\"steps\": [\"?\"]", "\"steps\": [{ \"amount\": { \"implied_decimals\": 2 } }]"),
      ])
    let (status, summary) = try await validate(file, by: layout)
    #expect(status == expected.exit && summary.records == expected.records)
    #expect(summary.nonzeroMoney == expected.money?.nonzero)
    #expect(Set(summary.issues) == Set(expected.issues ?? []))
  }

  @Test func `customers' records before their bills, of fixed width`() async throws {
    let expected = try #require(Expectation.merchants.first { $0.file == "parents.txt" })
    let file = Place.sample("merchants/parents.txt")
    let layout = try await guess(
      file, filling: [("\"currency\": { \"constant\": \"?\" }", "\"currency\": { \"constant\": \"ZAR\" }")])
    let (status, summary) = try await validate(file, by: layout)
    // Of the comment and the last line, of which there is one each, only the merchant can say what they are.
    #expect(status == 1 && summary.records.valid == expected.records?.valid)
    #expect(summary.nonzeroMoney == expected.money?.nonzero)
  }

  @Test func `Moment's own file is recognised, and its layout named`() async throws {
    let guessed = try await billdrop.run(
      "layout", "guess", Place.sample("merchants/za_karoo_dailyfile_2025-07-01.csv"))
    #expect(guessed.output.contains("// ? These are the headings of Moment's own file."))
    #expect(guessed.output.contains("\"sa_identification_number\" says who somebody is"))
    #expect(guessed.output.contains("\"passport_number\" says who somebody is"))
  }

  @Test(arguments: 1...12, ["dd/MM/yyyy", "d.M.yyyy", "dd-MM-yyyy"])
  func `no day above twelve, no decision between day and month`(_ day: Int, _ pattern: String) async throws {
    let mark = pattern.first { !$0.isLetter }.map(String.init) ?? "/"
    let isPadded = pattern.hasPrefix("dd")
    let number = { (value: Int) in isPadded && value < 10 ? "0\(value)" : "\(value)" }
    let rows = (1...12).map { "R-\($0),ZAR,1.50,\(number(day))\(mark)\(number($0))\(mark)2025,C\($0)\n" }.joined()
    let file = try workspace.write("InvNo,Currency,Amount,Due,Customer\n" + rows, to: "theirs.csv")
    let guessed = try await billdrop.run("layout", "guess", file)
    #expect(guessed.output.contains("\"?unclear\""), "\(guessed.output)")
    let layout = try workspace.write(guessed.output, to: "guessed.json")
    #expect(try await billdrop.run("layout", "check", layout).status == 78)
  }
}
