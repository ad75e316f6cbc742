import BillModel
import Testing

@testable import BillIntake

/// The words of findings: what they say, and what they don't give away.
@Suite struct FindingTextTests {
  private func finding(_ column: String, _ value: String) throws -> Finding {
    let file = RowRulesTests.file([column: value])
    return try #require(try file.findings(file.check()).first)
  }

  @Test(arguments: [
    (
      "JPY", "1250.00",
      "Write minor units without one: 1250 for an amount of 1,250, since the row's currency has no smaller unit."
    ),
    ("BHD", "1.250", "Write minor units without one: 1250 if 1.250 is meant."),
    ("BHD", "12.50", "Write minor units without one: 240000 for an amount of 240.000."),
    ("USD", "12.50", "Write minor units without one: 1250 if 12.50 is meant."),
  ])
  func `a hint about an amount goes by the decimals of the row's currency`(
    currency: String, value: String, hint: String
  ) throws {
    let file = RowRulesTests.file(["currency": currency, "amount_due": value])
    let found = try file.findings(file.check()).first { $0.code == .amountFormat }
    #expect(found?.hint == hint)
  }

  @Test(arguments: [
    ("amount_due", "240.00", "Write minor units without one: 24000 if 240.00 is meant."),
    ("amount_due", "1,240.00", "Write minor units without one: 124000 if 1,240.00 is meant."),
    ("amount_due", "0", "It is an integer of minor units (cents) from 1 to 99999999."),
    ("due_date", "28/02/2026", "Write 2026-02-28."),
    ("due_date", "03/04/2026", "Write 2026-04-03 if the day comes first in it, 2026-03-04 if the month does."),
    ("due_date", "20260228", "Write 2026-02-28."),
    ("due_date", "2026-02-28T00:00:00", "Leave the time out: 2026-02-28."),
    ("due_date", "2026/2/8", "Write 2026-02-08."), ("due_date", "2026-02-30", "That month has 28 days."),
    (
      "due_date", "46081",
      "A spreadsheet wrote the date as a number of days: format the column as text YYYY-MM-DD and export it again."
    ),
    (
      "due_date", "########",
      "A spreadsheet's column was too narrow to show the date: export it again from a wider one."
    ),
    ("due_date", "2026-31-01", "There is no month 31: are day and month swapped? The form is YYYY-MM-DD."),
    ("currency", "zar", "Write ZAR."), ("due_date", " 2026-02-28", "Take the blanks out: nothing is trimmed."),
    (
      "account.customer.phone", "0821234567",
      "Write the country code for the first 0: a South African number 082… becomes +2782…."
    ),
    ("account.name", String(repeating: "x", count: 300), "Between 1 and 255 characters are allowed."),
  ])
  func `a hint says what would be right`(column: String, value: String, hint: String) throws {
    #expect(try finding(column, value).hint == hint)
  }

  @Test(arguments: [
    ("external_reference", "INV 1", "external_reference has a character that isn't allowed, a blank, at place 4."),
    ("external_reference", "INV-ü", "external_reference has a character that isn't allowed, 'ü', at place 5."),
    (
      "external_reference", "1.23457E+12",
      "external_reference is in scientific notation: a spreadsheet has shortened a long number."
    ),
    ("due_date", "2026-01-30", "The bill is due before its date, 2026-01-31."),
    ("external_reference", "INV-1 ", "external_reference has blanks at its end."),
    ("amount_due", "100000000", "amount_due is more than 99999999."),
    ("account.customer.external_reference", "", "The account has no customer."),
  ])
  func `a message says what is wrong`(column: String, value: String, message: String) throws {
    #expect(try finding(column, value).message == message)
  }

  @Test func `personal values are masked`() throws {
    #expect(try finding("account.customer.email", "thandi.nkosi@").value == "t*****.n****@")
    #expect(try finding("account.customer.phone", "0821234567").value == "08******67")
    #expect(try finding("metadata.period", "8001015009087").value == "***********87")
    #expect(try finding("external_reference", "bill_8001015009087").value == "bill_***********87")
    let name = String(repeating: "Nkosi ", count: 60)
    #expect(try finding("account.customer.name", name).value?.hasPrefix("N**** N**** ") == true)
  }

  @Test func `a shape fault says both figures`() throws {
    let file = CheckedFile("external_reference,currency,amount_due,customer\nA,ZAR,1,000,bcus_1\n")
    let finding = try #require(try file.findings(file.check()).first)
    #expect(finding.message == "The row has 5 fields, and the heading row has 4.")
    #expect(finding.hint.contains("double quotes"))
  }

  /// What is said of the rows of a CSV in a dialect.
  private func findings(_ csv: String, _ text: String, encoding: String = "UTF-8") throws -> [Finding] {
    let layout = """
      { "name": "x", "format": "csv", "encoding": "\(encoding)", "csv": { \(csv) }, "fields": {
        "external_reference": "Ref", "currency": { "constant": "ZAR" },
        "amount_due": { "column": "Amt", "steps": ["amount"] },
        "customer.external_reference": { "constant": "C" }, "metadata.note": "Note" } }
      """
    let file = try MappedFile([UInt8](text, in: encoding), layout)
    let check = try Intake(layout: file.layout, options: file.options)
      .check(.memory(file.bytes, name: "m"), temporaryFolder: "/tmp")
    var reader = check.findings()
    var found: [Finding] = []
    while let finding = try reader.next() { found.append(finding) }
    return found
  }

  @Test(arguments: [
    (#""delimiter": ";""#, "Ref;Amt;Note\nR;1;a;b\n", "Enclose a value that has a semicolon in it in double quotes"),
    (#""delimiter": "\t""#, "Ref\tAmt\tNote\nR\t1\n", "leave an absent value empty, and keep its tab."),
    (#""quote": """#, "Ref,Amt,Note\nR,1,a,b\n", "No value of this file can have a comma in it: take it out, and"),
    (
      #""quote": "", "escape": "\\""#, "Ref,Amt,Note\nR,1,a,b\n",
      #"Write \ before a comma that belongs to a value, and"#
    ),
    (#""quote": "'""#, "Ref,Amt,Note\nR,1,a'b\n", "Enclose the whole value in single quotes and write"),
    (#""quote": "^""#, "Ref,Amt,Note\nR,1,a^b\n", "value in '^'s and write the quote in it twice: ^5^^ pipe^."),
    (#""escape": "\\""#, "Ref,Amt,Note\nR,1,5\" pipe\n", #"Write \ before the quote: 5\" pipe."#),
    (#""escape": "\\""#, "Ref,Amt,Note\nR,1,\"5\"\" pipe\"\n", #"a quote inside of a value has \ before it."#),
    ("", "Ref,Amt,Note\nR,1,\"5\"x\n", "a quote inside of a value is written twice."),
    (#""escape": "\\""#, "Ref,Amt,Note\nR,1,\"5\n", #"Close it, or write \ before it if it belongs to the value"#),
  ])
  func `what is said of marks goes by those of the layout`(csv: String, text: String, hint: String) throws {
    let found = try findings(csv, text)
    #expect(found.contains { $0.hint.contains(hint) }, "\(found.map(\.hint))")
  }

  @Test(arguments: ["Ref,Amt,Note\nR,1,'5\n", "Ref,Amt,'Note\nR,1,5\n"])
  func `a quote that never closes is called what it is`(text: String) throws {
    let line = text.hasSuffix("'5\n") ? 2 : 1
    let message = "A single quote opens on line \(line) and is never closed."
    #expect(try findings(#""quote": "'""#, text).map(\.message) == [message])
  }

  @Test(arguments: [("EUC-JP", "in the line that begins at byte 13 of"), ("UTF-8", "at byte 24 of")])
  func `a byte whose own place isn't known is told by its line's`(encoding: String, place: String) throws {
    let found = try findings("", "Ref,Amt,Note\nR,1,日本x\0\n", encoding: encoding)
    #expect(found.map(\.code) == [.recordNul])
    #expect(found.first?.message.contains("NUL byte in it, \(place) the file.") == true, "\(found.map(\.message))")
  }

  @Test(arguments: [
    ("1000000.00", "Amt comes to 100000000 minor units, and at most 99999999 are allowed."),
    ("0", "Amt comes to 0 minor units, and at least 1 is needed."),
  ])
  func `an amount that a step made is told in what it was made to`(value: String, message: String) throws {
    let found = try findings("", "Ref,Amt,Note\nR,\(value),\n")
    #expect(found.first?.message == message)
    let hint = "The layout makes minor units of it: it may come to from 1 up to 99999999 of them."
    #expect(found.first?.hint == hint)
  }
}
