import BillModel
import Tabular
import Testing

@testable import BillIntake

/// What rejects a file as a whole.
@Suite struct FileRejectionTests {
  private func expect(
    _ bytes: [UInt8], _ codes: [String], read: Int = 0, location: SourceLocation = #_sourceLocation
  ) throws {
    var file = CheckedFile("")
    file.bytes = bytes
    let check = try file.check()
    let found = check.fileFindings.map { "\($0.line) \($0.code.rawValue)" }
    #expect(found == codes, sourceLocation: location)
    #expect(check.recordsRead == read, sourceLocation: location)
    #expect(check.byteCount == Int64(bytes.count), sourceLocation: location)
    #expect(check.fileFindings.allSatisfy { $0.record == 0 }, sourceLocation: location)
  }

  @Test func `an empty file, or one of blank lines, is empty`() throws {
    try expect([], ["0 file.empty"])
    try expect([0xEF, 0xBB, 0xBF], ["0 file.empty"])
    try expect(Array("\n\r\n\n".utf8), ["0 file.empty"])
  }

  @Test func `ten thousand unknown headings are rejected at once, each by its name`() throws {
    var file = CheckedFile("")
    file.bytes = Array((0..<10_000).map { "c\($0)" }.joined(separator: ",").utf8)
    let started = ContinuousClock.now
    let findings = try file.check().fileFindings
    #expect(ContinuousClock.now - started < .seconds(30), "looking for names that were meant takes too long")
    #expect(findings.count == 10_000)
    #expect(findings.allSatisfy { $0.code.rawValue == "file.heading-unknown" })
  }

  @Test func `headings only are fine, and no records`() throws {
    try expect(Array("external_reference,currency,amount_due,customer".utf8), [])
    try expect(Array("external_reference,currency,amount_due,customer\n\n".utf8), [])
  }

  @Test func `what is no text is binary, or in another encoding`() throws {
    try expect([0x50, 0x4B, 0x03, 0x04] + Array(repeating: 0, count: 100), ["0 file.binary"])
    try expect([0x1F, 0x8B, 8, 0, 1, 2, 3], ["0 file.damaged"])
    try expect([0x1F, 0x8B, 7, 0, 1, 2, 3], ["0 file.binary"])
    try expect([0xFF, 0xFE, 0x65, 0, 0x78, 0], ["0 file.encoding"])
    try expect(
      Array("external_reference,currency,amount_due,customer,metadata.".utf8) + [0xE9, 10], ["1 file.encoding"])
  }

  @Test func `a quote that never closes rejects the file and names its line`() throws {
    let text = "external_reference,currency,amount_due,customer\nA,ZAR,1,bcus_1\nB,ZAR,\"1,bcus_1\nC,ZAR,1,bcus_1\n"
    try expect(Array(text.utf8), ["3 file.unclosed-quote"], read: 1)
  }

  @Test func `of a quoted value that is too long it isn't said that it never closes`() throws {
    let value = String(repeating: "long\n", count: 300_000)
    let file = CheckedFile("external_reference,currency,amount_due,customer\nA,ZAR,1,\"\(value)\"\nB,ZAR,1,bcus_1\n")
    let finding = try #require(try file.check().fileFindings.first)
    #expect(finding.code == .fileUnclosedQuote && finding.line == 2)
    #expect(
      finding.message == "A double quote opens on line 2, and the row that it stands in grows longer than any may be.")
    #expect(finding.hint.contains("1048576 bytes at most"), "\(finding.hint)")
  }

  @Test(arguments: [
    ("external_reference,currency,amount_due,customer,InvNo", ["1 file.heading-unknown"]),
    ("external_reference,currency,amount,customer", ["1 file.heading-unknown"]),
    ("external_reference,currency,amount_due,customer,currency", ["1 file.heading-repeated"]),
    ("external_reference,currency,amount_due,customer,", ["1 file.heading-unknown"]),
    ("external_reference,currency,customer", ["1 file.heading-missing"]),
    ("external_reference,currency,amount_due", ["1 file.heading-missing"]),
    ("external_reference,currency,amount_due,account.external_reference", ["1 file.heading-missing"]),
    ("external_reference,currency,amount_due,account.customer", ["1 file.heading-unknown"]),
    ("external_reference;currency;amount_due;customer", ["1 file.heading-unknown"]),
    ("external_reference,currency,amount_due,customer,metadata.", ["1 metadata.key"]),
    (
      "external_reference,currency,amount_due,customer,metadata." + String(repeating: "k", count: 41),
      ["1 metadata.key"]
    ),
    ("a,external_reference,b", ["1 file.heading-unknown", "1 file.heading-unknown"]),
  ])
  func `headings that can't be read reject the file`(row: String, codes: [String]) throws {
    try expect(Array((row + "\nx\n").utf8), codes)
  }

  @Test func `a slip in a heading is answered with the name that was meant`() throws {
    let check = try CheckedFile("external_reference,currency,amount_du, customer\n").check()
    #expect(
      check.fileFindings.map(\.hint) == [
        "Did you mean \"amount_due\"?", "Write it \"customer\", without blanks: nothing is trimmed.",
      ])
    let other = try CheckedFile("external_reference;currency\n").check()
    #expect(other.fileFinding?.message == "The heading row is one column: the file is delimited by ';'.")
  }

  @Test(arguments: [
    "Thandi Molefe,INV-1,ZAR,1250.00,2026-02-01", "Thandi Molefe,thandi@example.com,ZAR",
    "Thandi Molefe;INV-1;1250,00;01.02.2026",
  ])
  func `a file without a heading row shows nothing of its first row`(row: String) throws {
    let findings = try CheckedFile("\(row)\n\(row)\n").check().fileFindings
    #expect(findings.map(\.code) == [.fileHeadingUnknown])
    let shown = findings.flatMap { [$0.message, $0.hint, $0.column ?? "", $0.value ?? ""] }.joined()
    #expect(!shown.contains("Thandi") && !shown.contains("1250") && !shown.contains("@"), "\(shown)")
  }

  @Test(arguments: [
    "Thandi Molefe 8501015800085", "Thandi Molefe", "FV/1/01/2026;Carla Molefe;3 111,06 Thandi;2026-01-01",
    "Ref,Thandi 0821234567,Molefe|1250", "Ref,thandi@molefe", "Ref,Thandi\tMolefe,Thandi\tMolefe",
  ])
  func `what may be a row's values is not shown for a heading`(row: String) throws {
    let findings = try CheckedFile("\(row)\n\(row)\n").check().fileFindings
    #expect(!findings.isEmpty)
    let shown = findings.flatMap { [$0.message, $0.hint, $0.column ?? "", $0.value ?? ""] }.joined().lowercased()
    #expect(!shown.contains("thandi") && !shown.contains("molefe") && !shown.contains("1250"), "\(shown)")
  }

  @Test func `more columns than can be read reject the file`() throws {
    let keys = (1...260).map { "metadata.k\($0)" }.joined(separator: ",")
    try expect(Array("external_reference,currency,amount_due,customer,\(keys)\n".utf8), ["1 file.heading-count"])
  }

  @Test func `a file that isn't there, or is a folder, is an error`() throws {
    let intake = try Intake()
    #expect(throws: IntakeError.input(.notFound(name: "/nowhere/x.csv"))) {
      try intake.check(.file(path: "/nowhere/x.csv"), temporaryFolder: "/tmp")
    }
    #expect(throws: IntakeError.input(.isDirectory(name: "/"))) {
      try intake.check(.file(path: "/"), temporaryFolder: "/tmp")
    }
  }
}
