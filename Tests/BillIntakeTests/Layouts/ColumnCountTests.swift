import BillLayouts
import BillModel
import Testing

@testable import BillIntake

/// How many columns a file without headings has.
@Suite struct ColumnCountTests {
  private func layout(_ csv: String = "", _ records: String = "", by first: Int = 1) -> String {
    """
    { "name": "x", "format": "csv", "csv": { "heading": false\(csv) }, \(records)
      "fields": { "external_reference": { "column": \(first) }, "currency": { "constant": "ZAR" },
                  "customer.external_reference": { "column": \(first + 1) }, "amount_due": { "column": \(first + 3) } } }
    """
  }

  private func read(
    _ text: String, _ layout: String, as name: String = "bills.csv", blockSize: Int? = nil
  ) throws -> MappedFile.Outcome {
    var file = try MappedFile(Array(text.utf8), layout)
    file.name = name
    if let blockSize { file.options.blockSize = blockSize }
    return try file.read()
  }

  private let marked = "A1,C1,June,1,234"

  @Test func `the first bill isn't what all others are measured by where they are alike and it isn't`() throws {
    let rows = "A2,C2,June,5000\nA3,C3,June,700\n"
    let outcome = try read(marked + "\n" + rows, layout())
    #expect(outcome.findings == ["0:1 file.column-count"] && outcome.bills.isEmpty)
    #expect(
      outcome.messages
        == ["The first bill has 5 fields, as 1 row has, and 2 rows have 4: nothing says which are right."])
    // Nor where as many are like it as like others.
    #expect(try read("\(marked)\nA2,C2,June,5000\n", layout()).findings == ["0:1 file.column-count"])
    #expect(try read(rows + marked + "\n", layout()).findings == ["3:3 record.too-many-fields"])
  }

  @Test func `a row that lacks a column of the layout and a blank line are none to go by`() throws {
    let outcome = try read("\nA1,C1\nA2,C2,June,5000,x\nA3,C3,June,700,y\n", layout())
    #expect(outcome.findings == ["1:1 record.too-few-fields", "2:2 record.too-few-fields"])
    #expect(outcome.bills.count == 2)
    let short = try read("A1,C1\nA2,C2\n", layout())
    #expect(short.findings == ["0:1 file.heading-missing 4"], "as of a file with another delimiter")
  }

  @Test func `where the layout says how many there are, each row is measured by that`() throws {
    let stated = layout(#", "columns": 4"#)
    let outcome = try read("\(marked)\nA2,C2,June,5000\nA3,C3,June\n", stated)
    #expect(outcome.findings == ["1:1 record.too-many-fields", "3:3 record.too-few-fields"])
    #expect(outcome.bills.count == 1)
    #expect(outcome.messages.first == "The row has 5 fields, and by the layout each row has 4.")
    for name in ["rejected.csv", "bills.mended.csv"] {
      #expect(try read(marked + "\n", stated, as: name).findings == ["1:1 record.too-many-fields"])
    }
  }

  @Test(arguments: ["rejected.csv", "bills.mended.csv", "bills.mended.csv.gz"])
  func `rows to mend don't say themselves that they have more columns than the layout needs`(name: String) throws {
    let outcome = try read(marked + "\n", layout(), as: name)
    #expect(outcome.findings == ["0:1 file.column-count"] && outcome.bills.isEmpty)
    #expect(try read("A1,C1,June,1234\n", layout(), as: name).bills.count == 1)
    #expect(try read("A1,C1,June\n", layout(), as: name).findings == ["1:1 record.too-few-fields"])
    let whole = #", "other_columns": "reject""#
    let named = layout(whole, #""columns": { "month": 3 },"#)
    #expect(try read(marked + "\n", named, as: name).findings == ["1:1 record.too-many-fields"])
  }

  private let kinds = #""records": { "by": 1, "detail": "D", "ignored": "I", "header": { "value": "H" } },"#

  @Test(arguments: ["", #", "columns": 5"#])
  func `records of other kinds may fill as many blocks as they will before the first bill`(csv: String) throws {
    let text = "H,1\n" + String(repeating: "I,x\n", count: 2000) + "D,A,C,June,100\nD,B,C,June,200\n"
    for blockSize in [256, 1 << 20] {
      let outcome = try read(text + "D,E,C,June,1,234\n", layout(csv, kinds, by: 2), blockSize: blockSize)
      #expect(outcome.bills.count == 2, "\(outcome.findings)")
      #expect(outcome.findings.last == "3:2004 record.too-many-fields")
    }
  }

  @Test(arguments: [100, 1 << 20])
  func `of another kind than the layout knows, a record before the first bill is a finding of its own`(block: Int)
    throws
  {
    let text = "X,1\n" + String(repeating: "I,x\n", count: 200) + "D,A,C,June,100,x\nD,B,C,June,200,y\n"
    let kinds = kinds.replacing(#", "header": { "value": "H" }"#, with: "")
    let outcome = try read(text, layout("", kinds, by: 2), blockSize: block)
    #expect(outcome.findings == ["1:1 record.kind"] && outcome.bills.count == 2)
  }

  @Test func `records that can't be measured may come before the first bill`() throws {
    let long = "A," + String(repeating: "9", count: 2 << 20)
    let outcome = try read("\(long)\nA1,C1,June,100\nA2,C2,June,1\n", layout(), blockSize: 1 << 16)
    #expect(outcome.findings == ["1:1 record.too-long"] && outcome.bills.count == 2)
    let blank = try read(String(repeating: "\n", count: 200) + "A1,C1,June,100,x\n", layout(), blockSize: 64)
    #expect(blank.bills.count == 1 && blank.findings.count == 200, "\(blank.findings.prefix(3))")
  }

  @Test(arguments: [256, 1 << 20]) func `show and the preview count columns as the check does`(block: Int) throws {
    let text = "H,1\n" + String(repeating: "I,x\n", count: 500) + "D,A,C,June,100,x\nD,B,C,June,200,y\n"
    var options = IntakeOptions(threads: 1)
    options.blockSize = block
    let intake = try Intake(layout: try Layout(json: Array(layout("", kinds, by: 2).utf8)), options: options)
    let input = IntakeInput.memory(Array(text.utf8), name: "bills.csv")
    var told: [String] = []
    let shown = try intake.show(
      input, options: ShowOptions(), onFinding: { told.append($0.message) }, write: { _ in true })
    #expect(shown.records == 2 && told.isEmpty, "\(told)")
    let preview = try intake.preview(input)
    #expect(preview.findings == [] && preview.records.map(\.kind) == [.header, .detail])
    let wrong = IntakeInput.memory(Array("\(marked)\nA,C,June,1\nB,C,June,2\n".utf8), name: "bills.csv")
    let plain = try Intake(layout: try Layout(json: Array(layout().utf8)), options: options)
    told = []
    _ = try plain.show(
      wrong, options: ShowOptions(), onFinding: { told.append($0.code.rawValue) }, write: { _ in true })
    #expect(told == ["file.column-count"])
    #expect(try plain.preview(wrong).findings.map(\.code) == [.fileColumnCount])
  }
}
