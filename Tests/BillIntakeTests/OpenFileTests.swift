import BillIntake
import BillModel
import Testing

/// A file whose last row has no line end, though the others have one: it may be cut.
@Suite struct OpenFileTests {
  private static let head = "external_reference,currency,customer,amount_due"

  private func codes(_ text: String, _ options: IntakeOptions = IntakeOptions()) throws -> [String] {
    var file = CheckedFile(text)
    file.options = options
    return try file.codes(file.check())
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func `a last row that ends with the file, and not with its line, stands and is warned of`(end: String) throws {
    let rows = [Self.head, "L-1,ZAR,bcus_1,24000", "L-2,ZAR,bcus_1,240"].joined(separator: end)
    let file = CheckedFile(rows)
    let check = try file.check()
    #expect(try file.codes(check) == ["2:3 record.no-line-end"])
    #expect(check.valid == 2 && check.invalid == 0)
    #expect(check.findingCounts.map(\.severity) == [.warning])
    #expect(try codes(rows + end) == [])
    #expect(try codes(rows + end + end) == [], "a blank line at the end")
  }

  @Test func `it is told once, whatever a reading has for blocks and threads`() throws {
    let rows = (1...500).map { "L-\($0),ZAR,bcus_1,240" }
    let text = ([Self.head] + rows).joined(separator: "\n")
    for (blockSize, threads) in [(64, 1), (64, 3), (256, 4), (1 << 16, 1)] {
      let options = IntakeOptions(blockSize: blockSize, threads: threads)
      #expect(try codes(text, options) == ["500:501 record.no-line-end"])
      #expect(try codes(text + "\n", options) == [])
    }
  }

  @Test func `a value in quotes that goes over lines is no end of a line`() throws {
    let head = "external_reference,currency,amount_due,customer.external_reference,customer.name"
    #expect(
      try codes("\(head)\nL-1,ZAR,5,C,\"a\nb\"\nL-2,ZAR,5,C,\"a\nb\"") == ["2:4 record.no-line-end"])
    #expect(try codes("\(head)\nL-1,ZAR,5,C,\"a\nb\"\nL-2,ZAR,5,C,\"a\nb\"\n") == [])
  }

  @Test func `of one row, and where nothing ends rows, nothing is said`() throws {
    #expect(try codes("\(Self.head)\nL-1,ZAR,bcus_1,240") == [])
    func read(_ text: String, _ form: String) throws -> [String] {
      let layout = """
        { "name": "x", "format": "fixed-width", "fixed_width": { \(form) },
          "columns": { "ref": { "start": 1, "length": 4 }, "amount": { "start": 5, "length": 8 } },
          "fields": { "external_reference": "ref", "currency": { "constant": "ZAR" },
            "amount_due": { "column": "amount", "steps": [{ "amount": { "implied_decimals": 2 } }] },
            "customer.external_reference": "ref" } }
        """
      return try MappedFile(Array(text.utf8), layout).read().findings
    }
    let blocks = "L-0100000240L-0200000240"
    #expect(try read(blocks, #""record_length": 12, "line_ends": false, "unit": "bytes""#) == [])
    let lines = "L-0100000240\nL-0200000240"
    #expect(try read(lines, "") == ["2:2 record.no-line-end"])
  }

  @Test func `a row that the end of the file cuts says so once where its fields are too few`() throws {
    var file = CheckedFile("\(Self.head)\nL-1,ZAR,bcus_1,24000\nL-2,ZAR,bcu")
    var found = try file.findings(file.check())
    #expect(found.map(\.code) == [.recordTooFewFields])
    #expect(found[0].hint.contains("may be cut short"))
    file = CheckedFile("\(Self.head)\nL-1,ZAR,bcus_1,24000\nL-2,ZAR,bcu\n")
    found = try file.findings(file.check())
    #expect(found.map(\.code) == [.recordTooFewFields] && !found[0].hint.contains("cut"))
  }

  @Test func `the mark by which old programs end a file is called by its name`() throws {
    let file = CheckedFile("\(Self.head)\nL-1,ZAR,bcus_1,24000\n\u{1A}\n")
    let found = try file.findings(file.check())
    #expect(found.map(\.code) == [.recordTooFewFields] && found[0].message.contains("Ctrl-Z"))
  }
}
