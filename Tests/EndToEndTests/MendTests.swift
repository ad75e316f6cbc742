import Foundation
import Testing

/// A column that is wrong as a whole: one message with a line of a layout that mends it, and the line does.
@Suite(.fewAtATime) struct MendTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace, environment: ["COLUMNS": "200"])
  }

  /// A column of a file that is otherwise good.
  struct Column: CustomTestStringConvertible, Sendable {
    let heading: String
    let values: [String]
    let step: String
    var testDescription: String { "\(heading): \(values[0])" }
  }

  static let columns = [
    Column(
      heading: "due_date", values: ["03/02/2026", "17/02/2026", "04/02/2026"], step: #"{ "date": "dd/MM/yyyy" }"#),
    Column(
      heading: "due_date", values: ["02/03/2026", "02/17/2026", "02/04/2026"], step: #"{ "date": "MM/dd/yyyy" }"#),
    Column(heading: "due_date", values: ["3.2.2026", "17.2.2026", "04.02.2026"], step: #"{ "date": "d.M.yyyy" }"#),
    Column(heading: "due_date", values: ["20260203", "20260217", "20260204"], step: #"{ "date": "yyyyMMdd" }"#),
    Column(
      heading: "due_date", values: ["03/02/26", "17/02/26", "04/02/26"],
      step: #"{ "date": { "pattern": "dd/MM/yy", "pivot": 2000 } }"#),
    Column(heading: "due_date", values: ["03/02/2026", "", "17/02/2026"], step: #"{ "date": "dd/MM/yyyy" }"#),
    Column(heading: "amount_due", values: ["240,00", "1240,50", "3,75"], step: #"{ "amount": { "decimal": "," } }"#),
    Column(
      heading: "amount_due", values: ["240,00", "1.240,50", "3,75"],
      step: #"{ "amount": { "decimal": ",", "group": "." } }"#),
    Column(heading: "amount_due", values: ["240.00", "1240.50", "3.75"], step: #""amount""#),
    Column(heading: "customer.phone", values: ["0821234567", "", "083 123 4567"], step: #"{ "phone": "ZA" }"#),
  ]

  @Test(arguments: columns)
  func `the line makes the file good, and layout check takes it`(_ column: Column) async throws {
    let file = try write(column)
    let result = try await billdrop.run(
      "validate", file, "--reports", workspace.reports, "--sent-on", "2026-01-01")
    #expect(result.status == 1)
    let line = "\"\(column.heading)\": { \"column\": \"\(column.heading)\", \"steps\": [\(column.step)] },"
    #expect(result.output.split(separator: "\n").contains { $0.drop { $0 == " " } == line }, "\(result.output)")
    let wrong = column.values.count { !$0.isEmpty }
    #expect(result.output.contains("all \(wrong) values of \(column.heading) "), "\(result.output)")
    #expect(try workspace.report(of: "bills.csv", command: "validate").findings().count == wrong)

    let layout = try workspace.write(layout(with: line, for: column.heading), to: "mend.json")
    #expect(try await billdrop.run("layout", "check", layout).status == 0)
    let mended = try await billdrop.run("validate", file, "--layout", layout)
    #expect(mended.status == 0, "\(mended.output)\(mended.errors)")
  }

  @Test(arguments: columns.filter { $0.heading != "customer.phone" && !$0.testDescription.contains("/26") })
  func `layout guess writes the whole layout`(_ column: Column) async throws {
    let file = try write(column)
    let guess = try await billdrop.run("layout", "guess", file)
    let layout = try workspace.write(guess.output, to: "guess.json")
    #expect(try await billdrop.run("layout", "check", layout).status == 0, "\(guess.output)")
    let mended = try await billdrop.run("validate", file, "--layout", layout)
    #expect(mended.status == 0, "\(mended.output)\(mended.errors)")
  }

  @Test func `amounts become the minor units that were meant`() async throws {
    let file = try write(Column(heading: "amount_due", values: ["240,00", "1240,50", "3,75"], step: ""))
    let layout = try workspace.write(
      layout(
        with: #""amount_due": { "column": "amount_due", "steps": [{ "amount": { "decimal": "," } }] },"#,
        for: "amount_due"), to: "mend.json")
    let summary = try await billdrop.run("validate", file, "--layout", layout, "--format", "json").summary()
    #expect(summary.money["ZAR"]?["read"] == 24_000 + 124_050 + 375)
  }

  @Test(arguments: [
    Column(heading: "due_date", values: ["03/02/2026", "2026-02-17", "04/02/2026"], step: ""),
    Column(heading: "due_date", values: ["03/17/2026", "17/03/2026", "04/02/2026"], step: ""),
    Column(heading: "amount_due", values: ["240.00", "24000", "3.75"], step: ""),
    Column(heading: "amount_due", values: ["240.00", "1240,50", "3.75"], step: ""),
    Column(heading: "amount_due", values: ["1,240", "2,500", "3,750"], step: ""),
    Column(heading: "customer.phone", values: ["0821234567", "+27831234567", "0831234567"], step: ""),
  ])
  func `where a line would break a value or isn't proven, there is none`(_ column: Column) async throws {
    let result = try await billdrop.run("validate", try write(column))
    #expect(result.status == 1)
    #expect(!result.output.contains("\"steps\""), "\(result.output)")
  }

  @Test func `where days don't prove the order, the message says so`() async throws {
    let column = Column(heading: "due_date", values: ["03/02/2026", "04/02/2026", "05/02/2026"], step: "")
    let result = try await billdrop.run("validate", try write(column))
    #expect(result.output.contains("(dd/MM/yyyy) or the month (MM/dd/yyyy)"), "\(result.output)")
  }

  @Test func `a line for a layout in use names its own column`() async throws {
    let file = try workspace.write(
      "No,Due,Sum,Cust\nA-1,02/03/2026,1.00,C\nA-2,02/17/2026,2.00,C\n", to: "theirs.csv")
    let fields =
      #""external_reference": "No", "currency": { "constant": "ZAR" }, "customer.external_reference": "Cust","#
      + #""amount_due": { "column": "Sum", "steps": ["amount"] },"#
    func layout(_ line: String) -> String {
      "{ \"name\": \"theirs\", \"format\": \"csv\", \"fields\": { \(fields)\n\(line)\n } }"
    }
    let first = try workspace.write(
      layout(#""due_date": { "column": "Due", "steps": ["trim", { "date": "dd/MM/yyyy" }] },"#), to: "first.json")
    let result = try await billdrop.run("validate", file, "--layout", first)
    let line = #""due_date": { "column": "Due", "steps": ["trim", { "date": "MM/dd/yyyy" }] },"#
    #expect(
      !result.output.contains(line), "a day that is no month proves nothing where others are read: \(result.output)")
    let third = try workspace.write(
      layout(#""due_date": { "column": "Due", "steps": ["trim", { "date": "yyyy-MM-dd" }] },"#), to: "third.json")
    let other = try await billdrop.run("validate", file, "--layout", third)
    #expect(other.output.contains(line), "\(other.output)")
    let second = try workspace.write(layout(line), to: "second.json")
    #expect(try await billdrop.run("validate", file, "--layout", second).status == 0)
  }

  private static let headings = [
    "external_reference", "currency", "amount_due", "due_date", "customer.external_reference", "customer.name",
    "customer.phone",
  ]

  private func write(_ column: Column) throws -> String {
    var text = Self.headings.joined(separator: ",") + "\n"
    for (index, value) in column.values.enumerated() {
      let cells = Self.headings.map { heading -> String in
        if heading == column.heading { return "\"\(value)\"" }
        return switch heading {
        case "external_reference": "INV-\(index)"
        case "currency": "ZAR"
        case "amount_due": "\(1_000 + index)"
        case "due_date": "2026-02-1\(index)"
        case "customer.external_reference": "C-\(index)"
        case "customer.name": "Jo"
        default: ""
        }
      }
      text += cells.joined(separator: ",") + "\n"
    }
    return try workspace.write(text, to: "bills.csv")
  }

  /// A layout in which every heading is the path of its field, but for one line.
  private func layout(with line: String, for heading: String) -> String {
    let others = Self.headings.filter { $0 != heading }.map { "    \"\($0)\": \"\($0)\"," }
    return "{\n  \"name\": \"mend\",\n  \"format\": \"csv\",\n  \"fields\": {\n"
      + (others + ["    " + line]).joined(separator: "\n") + "\n  }\n}\n"
  }
}
