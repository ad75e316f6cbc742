import BillIntake
import Tabular
import Testing

@Suite struct LostParentTests {
  private static let layout = """
    { "name": "parents", "format": "fixed-width",
      "records": {
        "by": { "start": 1, "length": 1 }, "detail": "B", "ignored": "#",
        "parent": { "value": "C", "columns": { "number": { "start": 2, "length": 4 } } } },
      "columns": { "ref": { "start": 2, "length": 4 }, "amount": { "start": 6, "length": 4, "align": "right" } },
      "fields": {
        "external_reference": "ref", "currency": { "constant": "ZAR" }, "amount_due": "amount",
        "customer.external_reference": { "parent": "number" } } }
    """

  private static func bills(_ outcome: MappedFile.Outcome) -> [String] {
    outcome.bills.map { String($0.prefix { $0 != " " }) }
  }

  @Test func `bills behind a record that may have been their parent go to nobody`() throws {
    let text = "C0007\nBP001 100\n#\nBP002 100\nc0008\nBP003 200\nBP004 200\nC0009\nBP005 300\n"
    var file = try MappedFile(Array(text.utf8), Self.layout)
    let whole = try file.read()
    #expect(Self.bills(whole) == ["1:2", "2:4", "6:9"], "\(whole.bills)")
    let told = whole.findings.filter { $0.contains("record.") }
    #expect(told == ["3:5 record.kind", "4:6 record.parent-missing", "5:7 record.parent-missing"])
    for threads in [1, 3] {
      for size in 1...text.utf8.count {
        file.options = IntakeOptions(blockSize: size, threads: threads)
        #expect(try file.read() == whole, "blocks of \(size) bytes, \(threads) threads")
      }
    }
  }

  @Test func `a line without any byte was no parent: the one above it holds on`() throws {
    for end in ["\n", "\r\n"] {
      let text = ["C0007", "BP001 100", "", "BP002 100", " ", "BP003 100", ""].joined(separator: end)
      let outcome = try MappedFile(Array(text.utf8), Self.layout).read()
      #expect(Self.bills(outcome) == ["1:2", "3:4"], "\(outcome.bills)")
      #expect(outcome.findings == ["2:3 record.kind", "4:5 record.kind", "5:6 record.parent-missing"])
    }
  }

  @Test func `nor is a record of nothing but its descriptor word`() throws {
    let records = ["C0007", "BP001 100", "", "BP002 100", " ", "BP003 100"]
    var bytes: [UInt8] = []
    for record in records { bytes += [0, UInt8(record.utf8.count + 4), 0, 0] + Array(record.utf8) }
    let described =
      #""fixed-width", "encoding": "ISO-8859-1", "fixed_width": { "record_descriptors": true, "unit": "bytes" },"#
    let outcome = try MappedFile(bytes, Self.layout.replacing(#""fixed-width","#, with: described)).read()
    #expect(Self.bills(outcome).map { $0.split(separator: ":").first } == ["1", "3"], "\(outcome.bills)")
    let told = outcome.findings.map { $0.split(separator: " ").last }
    #expect(told == ["record.kind", "record.kind", "record.parent-missing"], "\(outcome.findings)")
  }

  @Test func `a bill without its parent is told once, not also as one that names nobody`() throws {
    let outcome = try MappedFile(Array("BP001 100\nBP002   x\nC0007\nBP003 100\n".utf8), Self.layout).read()
    #expect(
      outcome.findings == ["1:1 record.parent-missing", "2:2 record.parent-missing", "2:2 amount.format amount"],
      "\(outcome.findings)")
  }

  @Test func `the same behind a parent that is too long to be read`() throws {
    let long = "C0008" + String(repeating: " ", count: 1 << 20)
    let text = "C0007\nBP001 100\n\(long)\nBP002 200\nC0009\nBP003 300\n"
    let outcome = try MappedFile(Array(text.utf8), Self.layout).read()
    #expect(Self.bills(outcome) == ["1:2", "4:6"], "\(outcome.bills)")
    let told = outcome.findings.filter { $0.contains("record.") }
    #expect(told == ["2:3 record.too-long", "3:4 record.parent-missing"])
  }

  @Test func `rows that are read again stand under the same parents`() throws {
    var text = ""
    // By record: where its parent begins; none where it has none.
    var rejected: [Int: Int?] = [:]
    var record = 0
    var above: Int?
    for group in 0..<60 {
      let isKnown = group % 3 < 2
      let parent = isKnown ? text.utf8.count : nil
      text += "\(isKnown ? "C" : "c")\(1000 + group)\n"
      if !isKnown {
        record += 1
        // It may be a bill of the parent above it.
        rejected[record] = .some(above)
      }
      above = parent
      for row in 0..<400 {
        record += 1
        let isBad = row % 90 == 5
        if isBad || !isKnown { rejected[record] = .some(parent) }
        text += "B\(String(group * 400 + row + 36 * 36 * 36, radix: 36))\(isBad ? "   x" : " 100")\n"
      }
    }
    let file = try MappedFile(Array(text.utf8), Self.layout)
    let intake = try Intake(layout: file.layout, options: IntakeOptions(blockSize: 5000, threads: 2))
    let check = try intake.check(.memory(file.bytes, name: "m"), temporaryFolder: "/tmp")
    #expect(check.recordsRead == record && check.fileFinding == nil)
    var cursor = intake.rejectedRows(check)
    while true {
      let rows = try cursor.next(limit: 100)
      if rows.isEmpty { break }
      for row in rows {
        let parent = rejected.removeValue(forKey: row.record)
        #expect(parent == .some(row.raw.parent.map { Int($0.start) }), "\(row.record)")
      }
    }
    #expect(rejected.isEmpty)
  }
}
