import BillLayouts
import BillModel
import Testing

@testable import BillIntake

@Suite struct BadInputTests {
  private static let fields = """
    "fields": {
      "external_reference": "ref", "currency": { "constant": "ZAR" }, "amount_due": "amount",
      "customer.external_reference": "ref", "customer.name": "ref"
    }
    """

  /// Lines of eight characters: a kind, a reference, an amount.
  private static let lines = """
    { "name": "x", "format": "fixed-width", "fixed_width": { "record_length": 8 },
      "records": { "by": { "start": 1, "length": 1 }, "detail": "D", "header": { "value": "H", "columns": {} },
                   "trailer": { "value": "T", "columns": {} } },
      "columns": { "ref": { "start": 2, "length": 4 }, "amount": { "start": 6, "length": 3, "align": "right" } },
      \(fields) }
    """

  private static let blocks = """
    { "name": "x", "format": "fixed-width", "encoding": "ISO-8859-1",
      "fixed_width": { "record_length": 7, "line_ends": false, "unit": "bytes" },
      "columns": { "ref": { "start": 1, "length": 4 }, "amount": { "start": 5, "length": 3, "align": "right" } },
      \(fields) }
    """

  private static func csv(_ encoding: String = "UTF-8", _ more: String = "") -> String {
    #"{ "name": "x", "format": "csv", "encoding": "\#(encoding)", \#(more) \#(fields) }"#
  }

  private func read(_ bytes: [UInt8], _ layout: String) throws -> MappedFile.Outcome {
    try MappedFile(bytes, layout).read()
  }

  private func lines(_ text: String) throws -> [String] { try read(Array(text.utf8), Self.lines).findings }

  @Test func `a record of the wrong length is told with its line`() throws {
    // What of a short record is missing is told as well.
    let wrong = try lines("H       \nDAAAA  1\nDBBBB  \nDCCCC  12\nT       \n")
    #expect(wrong.filter { $0.hasSuffix("record.length") } == ["2:3 record.length", "3:4 record.length"])
    let cut = try read(Array("AAAA  1BBBB  ".utf8), Self.blocks)
    #expect(cut.findings.contains("2:2 record.length") && cut.bills.count == 1)
    #expect(try lines("H       \nDAAAA  1\nT     ") == ["0:3 file.damaged"])
  }

  /// A reference of two characters and an amount of three, without a stated length.
  private static func open(_ encoding: String, _ form: String = "") -> String {
    """
    { "name": "x", "format": "fixed-width", "encoding": "\(encoding)", "fixed_width": { \(form) },
      "columns": { "ref": { "start": 1, "length": 2 }, "amount": { "start": 3, "length": 3, "align": "right" } },
      \(fields) }
    """
  }

  @Test func `a line end that is missing is told, since a bill would be lost without it`() throws {
    let joined = try read(
      Array("AA  1\nBB  2CC  3\nDD  4 and what else there is\nEE  5 abc\n".utf8), Self.open("UTF-8"))
    #expect(joined.findings == ["2:2 record.length", "3:3 record.length"])
    #expect(joined.bills.count == 2 && joined.messages[0].contains("another one has room"))
    let blocks = try read(Array("AA  1BB  2CC  3".utf8), Self.open("UTF-8"))
    #expect(blocks.findings == ["1:1 record.length"] && blocks.bills.isEmpty)
  }

  @Test(
    arguments: ["\u{85}", "\n", "\r\u{85}", "\r\n", "\r"],
    [open("IBM037", #""unit": "bytes""#), open("IBM037"), csv("IBM1047")])
  func `EBCDIC has NEL, LF and CR as line ends, and no bill is lost`(end: String, layout: String) throws {
    let isCSV = layout.contains("csv")
    let lines = isCSV ? ["ref,amount", "A,1", "B,2"] : ["AA  1", "BB  2"]
    let outcome = try read(try Array(lines.map { $0 + end }.joined(), in: isCSV ? "IBM1047" : "IBM037"), layout)
    #expect(outcome.findings.isEmpty && outcome.bills.count == 2, "\(outcome)")
    #expect(outcome.bills.last?.hasPrefix(isCSV ? "2:3" : "2:2") == true)
  }

  @Test func `packed numbers may hold the bytes of line ends`() throws {
    let layout = """
      { "name": "x", "format": "fixed-width", "encoding": "IBM037", "fixed_width": { "unit": "bytes", "record_length": 5 },
        "columns": { "ref": { "start": 1, "length": 2 }, "amount": { "start": 3, "length": 3, "type": "packed" } },
        \(Self.fields) }
      """
    let bytes =
      try Array("AA", in: "IBM037") + [0x15, 0x25, 0x1C, 0x15] + Array("BB", in: "IBM037") + [0, 0x01, 0x5C, 0x15]
    let outcome = try read(bytes, layout)
    #expect(outcome.findings.isEmpty && outcome.bills.count == 2)
    #expect(outcome.bills.first?.contains("15251") == true, "\(outcome.bills)")
    // A negative number's last byte is that of a CR: it is the record's, and not of its line end.
    let negative = try MappedFile(Array("CC", in: "IBM037") + [0x00, 0x05, 0x0D, 0x15], layout)
    let intake = try Intake(layout: negative.layout, options: negative.options)
    let check = try intake.check(.memory(negative.bytes, name: "m"), temporaryFolder: "/tmp")
    var rejected = intake.rejectedRows(check)
    let row = try #require(try rejected.next(limit: 1).first)
    #expect(row.raw.bytes.suffix(3) == [0x00, 0x05, 0x0D] && row.raw.lineEnd == [0x15])
  }

  @Test func `headers and trailers that are missing, doubled or out of place reject the file with their line`() throws {
    #expect(try lines("DAAAA  1\nT       \n") == ["0:0 file.header"])
    #expect(try lines("H       \nDAAAA  1\n") == ["0:0 file.trailer"])
    #expect(try lines("H       \nDAAAA  1\nH       \nT       \n") == ["0:3 file.header"])
    #expect(try lines("H       \nT       \nT       \n") == ["0:3 file.trailer"])
    #expect(try lines("H       \nT       \nDAAAA  1\n") == ["0:3 file.trailer"])
  }

  @Test func `an unknown kind of record is a finding of its row`() throws {
    #expect(try lines("H       \nDAAAA  1\nXBBBB  1\nT       \n") == ["2:3 record.kind"])
  }

  @Test(arguments: ["UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE"])
  func `a second byte order mark is told`(encoding: String) throws {
    let text = try Array("\u{FEFF}ref,amount\n\u{FEFF}A,1\nB,2\n", in: encoding)
    let outcome = try read(text, Self.csv(encoding))
    #expect(outcome.findings.contains("1:2 record.byte-order-mark ref"), "\(outcome.findings)")
    #expect(outcome.bills.count == 1)
  }

  @Test func `a second byte order mark before the heading row is told as what it is`() throws {
    let outcome = try read(Array("\u{FEFF}\u{FEFF}ref,amount\nA,1\n".utf8), Self.csv())
    #expect(outcome.findings == ["0:1 file.encoding"])
    #expect(outcome.messages == ["The heading row begins with a second byte order mark, at byte 3 of the file."])
  }

  @Test func `an order of bytes that nothing tells, or another one than stated, is the layout's business`() throws {
    let text = try Array("ref,amount\nA,1\n", in: "UTF-16LE")
    #expect(try read(text, Self.csv("UTF-16")).findings == ["0:0 file.encoding"])
    #expect(try read([0xFE, 0xFF] + text, Self.csv("UTF-16LE")).findings == ["0:0 file.encoding"])
  }

  @Test func `an odd byte at the end of UTF-16 is told, and the rows before it stand`() throws {
    let outcome = try read(try Array("\u{FEFF}ref,amount\nA,1\nB,2", in: "UTF-16LE") + [0x33], Self.csv("UTF-16"))
    #expect(outcome.bills.count == 1)
    #expect(
      outcome.findings == ["2:3 record.undecodable amount", "2:3 record.no-line-end"], "\(outcome.findings)")
  }

  @Test func `bytes that the encoding doesn't have are told with their place`() throws {
    let latin = try read(Array("ref,amount\nA,1\n".utf8) + [0xE9, 0x2C, 0x31, 0x0A], Self.csv())
    #expect(latin.findings == ["2:3 record.invalid-utf8 ref"])
    #expect(latin.messages.first?.contains("15") == true, "\(latin.messages)")
    let western = try read(Array("ref,amount\nA,1\nB".utf8) + [0x81, 0x2C, 0x31, 0x0A], Self.csv("windows-1252"))
    #expect(western.findings == ["2:3 record.undecodable ref"])
    #expect(western.messages.first?.contains("16") == true, "\(western.messages)")
  }

  @Test func `a gzip that is cut, or has bytes behind it, rejects the file; several members are one file`() throws {
    let text = Array("ref,amount\nA,1\nB,2\n".utf8)
    let packed = text.gzipped
    #expect(try read(packed, Self.csv()).bills.count == 2)
    for cut in [4, 11, packed.count / 2, packed.count - 1] {
      let outcome = try read(Array(packed.prefix(cut)), Self.csv())
      #expect(outcome.findings == ["0:0 file.damaged"] && outcome.bills.isEmpty, "after \(cut) bytes")
    }
    #expect(try read(packed + [1, 2, 3], Self.csv()).findings == ["0:0 file.damaged"])
    #expect(try read(packed + Array("C,3\n".utf8).gzipped, Self.csv()).bills.count == 3)
    var spoilt = packed
    spoilt[packed.count - 6] ^= 1
    #expect(try read(spoilt, Self.csv()).findings == ["0:0 file.damaged"])
    #expect(try read(text, Self.csv("UTF-8", #""compression": "gzip","#)).findings == ["0:0 file.damaged"])
  }

  @Test func `a gzip is known without a layout, and under one that states nothing`() throws {
    let text = Array("external_reference,currency,amount_due,customer\nA,100,ZAR,bcus_1\nB,200,ZAR,bcus_1\n".utf8)
    for layout in [#"{ "name": "x", "format": "csv" }"#, #"{ "name": "x", "format": "csv", "compression": "auto" }"#] {
      let plain = try read(text, layout)
      #expect(plain.rows == 2)
      #expect(try read(text.gzipped, layout) == plain)
    }
    var packed = CheckedFile("")
    packed.bytes = text.gzipped
    #expect(try packed.check().recordsRead == 2)
  }

  @Test func `what unpacks to far more than it is packed in is not unpacked to its end`() throws {
    let bomb = (Array("ref,amount\nA,1\n".utf8) + [UInt8](repeating: 0x20, count: 64 << 20)).gzipped
    let outcome = try read(bomb, Self.csv())
    #expect(outcome.findings.contains("0:0 file.damaged"), "\(outcome.findings.prefix(3))")
  }

  @Test func `a trailer's sum that isn't met for a currency's sake blames no amount`() throws {
    let layout = """
      { "name": "x", "format": "csv", "csv": { "heading": false },
        "records": { "by": 1, "detail": "D", "trailer": { "value": "T", "columns": { "sum": 2 } } },
        "columns": { "ref": 2, "currency": 3, "amount": 4 },
        "fields": {
          "external_reference": "ref", "currency": "currency", "customer": { "constant": "bcus_1" },
          "amount_due": { "column": "amount", "steps": [{ "amount": { "decimal": "." } }] } },
        "control": { "sums": [{ "of": "amount_due", "trailer": "sum" }] } }
      """
    func told(_ currency: String, _ amount: String) throws -> String {
      let text = "D,A,ZAR,1.00\nD,B,\(currency),\(amount)\nT,300\n"
      return try read(Array(text.utf8), layout).messages.first { $0.contains("comes to") } ?? ""
    }
    #expect(try told("ZAR", "2.00").isEmpty)
    let currency = try told("ZRA", "2.00")
    let words = "it comes to 100; 1 bill has no currency, and so no amount that can be read."
    #expect(currency.hasSuffix(words), "\(currency)")
    let amount = try told("ZAR", "2.0.0")
    #expect(amount.hasSuffix("it comes to 100; 1 bill has none that can be read."), "\(amount)")
    // Nor is a row's currency to blame whose columns can't be told.
    let short = try read(Array("D,A,ZAR,1.00\nD,B,ZAR\nT,300\n".utf8), layout).messages.first {
      $0.contains("comes to")
    }
    #expect(short?.hasSuffix("it comes to 100; 1 bill has none that can be read.") == true, "\(short ?? "")")
  }

  @Test func `where a row stands in place of the headings, nothing of it is shown`() throws {
    let strict = #""csv": { "other_columns": "reject" },"#
    for (row, more) in [
      ("Thandi Nkosi,0821234567,t.nkosi@example.com", ""), ("Thandi Nkosi,0821234567,t.nkosi@example.com", strict),
      ("ref,Thandi Nkosi,0821234567,1980-01-31,amount", strict),
      (String(repeating: "Nkosi", count: 20) + ",0821234567", #""csv": { "other_columns": "metadata" },"#),
    ] {
      let outcome = try read(Array("\(row)\nB,2,3\n".utf8), Self.csv("UTF-8", more))
      let told = (outcome.findings + outcome.messages).joined(separator: "\n")
      #expect(!outcome.findings.isEmpty && outcome.bills.isEmpty)
      for value in ["Nkosi", "0821234567", "t.nkosi", "1980-01-31"] { #expect(!told.contains(value), "\(told)") }
    }
    let headings = try read(Array("ref,Rechnung,amount,2025\nB,x,2,3\n".utf8), Self.csv("UTF-8", strict))
    #expect(headings.messages.contains { $0.contains("\"Rechnung\"") }, "most headings are known: \(headings.messages)")
  }

  @Test(.timeLimit(.minutes(1))) func `of many unknown headings the first ones are told, and how many more there are`()
    throws
  {
    let count = 20_000
    let unknown = (1...count).map { "Unknown \($0)" }.joined(separator: ",")
    let outcome = try read(
      Array("ref,amount,\(unknown)\n".utf8), Self.csv("UTF-8", #""csv": { "other_columns": "reject" },"#))
    #expect(outcome.findings.count == 101 && outcome.findings[99] == "0:1 file.heading-unknown Unknown 100")
    #expect(outcome.messages.last == "Nor does it know the headings of \(count - 100) more columns.")
  }

  @Test(arguments: ["reject", "metadata"])
  func `the column of kinds and those that the layout names are no other columns`(others: String) throws {
    let layout = #"""
      { "name": "x", "format": "csv", "csv": { "other_columns": "\#(others)" },
        "records": { "by": 1, "detail": "D", "ignored": ["X"] }, "columns": { "memo": "Memo", "spare": 6 },
        "fields": { "external_reference": "ref", "currency": { "constant": "ZAR" }, "amount_due": "amount",
                    "customer.external_reference": "customer" } }
      """#
    let text = "kind,ref,amount,customer,Memo,Spare\nD,A1,100,C1,hi,x\nX,,,,,\n"
    let file = try MappedFile(Array(text.utf8), layout)
    #expect(try file.read().findings == [])
    #expect(try file.bills().map(\.metadata) == [Metadata()])
  }

  @Test func `without headings a column that the layout doesn't name is another one, too`() throws {
    func read(_ columns: String, _ text: String) throws -> MappedFile.Outcome {
      try self.read(
        Array(text.utf8),
        """
        { "name": "x", "format": "csv", "csv": { "heading": false, "other_columns": "reject" },
          "columns": { "ref": 1, "amount": 2\(columns) }, \(Self.fields) }
        """)
    }
    let outcome = try read("", "A,1,x,y\nB,2,x,y\n")
    #expect(outcome.findings == ["0:1 file.heading-unknown 3"] && outcome.bills.isEmpty)
    #expect(outcome.messages == ["The file has 4 columns, and the layout x doesn't name 2 of them: 3, 4."])
    #expect(try read(#", "memo": 3, "spare": 4"#, "A,1,x,y\nB,2,x,y\n").bills.count == 2)
    #expect(try read("", "A,1\nB,2\n").bills.count == 2)
  }

  @Test func `where nothing says what the columns are, the file is rejected`() throws {
    var layout = try MappedFile(
      [],
      #"{ "name": "x", "format": "csv", "csv": { "heading": false }, "columns": { "ref": 1, "amount": 2 }, \#(Self.fields) }"#
    ).layout
    layout.columns = .headings
    let intake = try Intake(layout: layout, options: IntakeOptions(threads: 1))
    let check = try intake.check(.memory(Array("A,1\nB,2\n".utf8), name: "m"), temporaryFolder: "/tmp")
    #expect(check.fileFinding?.code == .fileHeadingMissing && check.recordsRead == 0)
  }

  @Test func `a row of a million columns is a finding of its row`() throws {
    let wide = "B,2" + String(repeating: ",", count: 1_000_000)
    let outcome = try read(Array("ref,amount\nA,1\n\(wide)\nC,3\n".utf8), Self.csv())
    #expect(outcome.findings == ["2:3 record.too-many-fields"] && outcome.bills.count == 2)
  }

  @Test func `a row that is longer than any may be is told and passed over`() throws {
    let long = "B," + String(repeating: "9", count: 5 << 20)
    let outcome = try read(Array("ref,amount\nA,1\n\(long)\nC,3\n".utf8), Self.csv())
    #expect(outcome.findings == ["2:3 record.too-long"] && outcome.bills.count == 2)
  }

  @Test func `a CSV without headings may begin with a record of another length than its bills`() throws {
    let layout = """
      { "name": "x", "format": "csv", "csv": { "heading": false },
        "records": { "by": 1, "detail": "D", "header": { "value": "H", "columns": { "day": 2 } },
                     "trailer": { "value": "T", "columns": {} } },
        "columns": { "ref": 2, "amount": 3 }, \(Self.fields) }
      """
    let outcome = try read(Array("H,20260101\nD,A,1,x\nD,B,2\nD,C,3,y\nT,3\n".utf8), layout)
    #expect(outcome.bills.count == 2)
    #expect(outcome.findings == ["2:3 record.too-few-fields"])
  }

  @Test(arguments: ["bills.mended.csv", "rejected.csv", "bills.csv"])
  func `of a file's rows to mend, any share may be bad still`(name: String) throws {
    let text = Array("ref,amount\nA,1\nB,x\nC,y\n".utf8)
    var file = try MappedFile(text, Self.csv("UTF-8", #""rules": { "bad_rows": 0.5 },"#))
    file.name = name
    let findings = try file.read().findings
    #expect(findings.contains { $0.contains("file.bad-rows") } == (name == "bills.csv"), "\(findings)")
  }

  @Test func `a file of lines that are passed over isn't said to hold blank ones alone`() throws {
    let passed = try read(Array("a\nb\n".utf8), Self.csv("UTF-8", #""csv": { "skip_lines": 5 },"#))
    #expect(passed.messages == ["The file holds nothing but blank lines, and lines that its layout passes over."])
    #expect(try read(Array("\n\n".utf8), Self.csv()).messages == ["The file holds nothing but blank lines."])
  }

  @Test func `what a mended file's layout says of its name goes by the whole file's, wherever it is shown`() throws {
    let layout = try Layout(json: Array(Self.csv("UTF-8", #""file_name": "bills_[0-9]+\\.csv","#).utf8))
    let intake = try Intake(layout: layout, options: IntakeOptions(threads: 1))
    let input = IntakeInput.memory(Array("ref,amount\nA,1\n".utf8), name: "bills_1.mended.csv")
    #expect(try intake.preview(input).findings == [])
    let shown = try intake.show(input, options: ShowOptions(), onFinding: { _ in }, write: { _ in true })
    #expect(shown.fileFindings == [] && shown.records == 1)
  }
}
