import BillLayouts
import BillModel
import Testing

@testable import BillIntake

@Suite struct ShowTests {
  private func show(
    _ bytes: [UInt8], raw: Bool = false, limit: Int? = nil
  ) throws -> (lines: [String], findings: [String], outcome: ShowOutcome) {
    var text: [UInt8] = []
    var findings: [String] = []
    let outcome = try Intake(options: IntakeOptions(blockSize: 64)).show(
      .memory(bytes, name: "m"), options: ShowOptions(isRaw: raw, limit: limit),
      onFinding: { findings.append("\($0.record):\($0.line) \($0.code.rawValue)") },
      write: {
        text += Array($0)
        return true
      })
    return (String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init), findings, outcome)
  }

  private let head = "external_reference,amount_due,currency,customer,metadata.note\n"

  @Test func `records are objects of field path and text, without empty cells`() throws {
    let shown = try show(Array((head + "A,1,ZAR,bcus_1,\"x,\"\"y\"\"\n\t\"\nB/,x,,,\n").utf8))
    #expect(
      shown.lines == [
        #"{"external_reference":"A","amount_due":"1","currency":"ZAR","customer":"bcus_1","metadata.note":"x,\"y\"\n\t"}"#,
        #"{"external_reference":"B/","amount_due":"x"}"#,
      ])
    #expect(shown.outcome == ShowOutcome(records: 2))
  }

  @Test func `in a file without headings the bills' columns count, whatever record comes first`() throws {
    let layout = try Layout(
      json: Array(
        """
        { "name": "x", "format": "csv", "csv": { "heading": false },
          "records": { "by": 1, "header": { "value": "H" }, "detail": "D" }, "columns": { "ref": 2, "amount": 3 },
          "fields": { "external_reference": "ref", "currency": { "constant": "ZAR" }, "amount_due": "amount",
                      "customer.external_reference": "ref", "customer.name": "ref" } }
        """.utf8))
    var findings: [String] = []
    let outcome = try Intake(layout: layout).show(
      .memory(Array("H\nD,A,1,x\nD,B,2\nD,C,3,y\n".utf8), name: "m"), options: ShowOptions(),
      onFinding: { findings.append("\($0.line) \($0.message)") }, write: { _ in true })
    #expect(outcome.records == 2)
    #expect(findings == ["3 The row has 3 fields, and the first bill has 4."])
  }

  @Test func `raw records are arrays, the heading row too, and no heading is checked`() throws {
    let shown = try show(Array("a,a,\nü\u{1},\"\",1\n\nlast".utf8), raw: true)
    #expect(shown.lines == [#"["a","a",""]"#, #"["ü\u0001","","1"]"#, #"[""]"#, #"["last"]"#])
    #expect(shown.findings == [])
  }

  @Test func `what is wrong as text is told, and the record is printed all the same`() throws {
    var bytes = Array((head + "A,1,ZAR\nB,2,ZAR,C,D,E\nC,\"1\"2,ZAR,c,\nD,1,ZAR,c,caf").utf8)
    bytes += [0xE9, 10]
    let shown = try show(bytes)
    #expect(
      shown.findings == [
        "1:2 record.too-few-fields", "2:3 record.too-many-fields", "3:4 record.bytes-after-quote",
        "4:5 record.invalid-utf8",
      ])
    #expect(shown.lines.count == 4)
    #expect(shown.lines[3].hasSuffix("\"caf\u{FFFD}\"}"))
    #expect(shown.outcome.recordFindings == 4)
  }

  @Test func `control characters are escaped, also those behind ASCII that some terminals obey`() throws {
    let shown = try show(Array("a\n\u{80}\u{9B}2J\u{9F}\u{A0}ł\u{7F}\u{1B}\n".utf8), raw: true)
    #expect(shown.lines[1] == #"["\u0080\u009b2J\u009f"# + "\u{A0}ł" + #"\u007f\u001b"]"#)
  }

  @Test func `no more records are printed than were asked for`() throws {
    let rows = (1...50).map { "R\($0),1,ZAR,bcus_1,\n" }.joined()
    #expect(try show(Array((head + rows).utf8), limit: 3).lines.count == 3)
    #expect(try show(Array((head + rows).utf8), raw: true, limit: 3).lines.count == 4)
    #expect(try show(Array((head + rows).utf8), limit: 0).lines.count == 0)
  }

  @Test func `a file that validate rejects is rejected here`() throws {
    #expect(try show([]).findings == ["0:0 file.empty"])
    #expect(try show(Array("InvNo\nx\n".utf8)).outcome.fileFindings.map(\.code) == [.fileHeadingUnknown])
    #expect(try show([0x1F, 0x8B, 8, 0, 10]).findings == ["0:0 file.damaged"])
    let open = try show(Array((head + "A,1,ZAR,c,\nB,\"1,ZAR,c,\nC,1,ZAR,c,\n").utf8))
    #expect(open.outcome.fileFindings.map(\.code) == [.fileUnclosedQuote])
    #expect(open.lines.count == 3)
  }
}
