import Tabular
import Testing

@testable import FileRuns

@Suite struct RejectedRowsTests {
  private static let fields = """
    "fields": {
      "external_reference": "ref", "currency": { "constant": "ZAR" },
      "amount_due": { "column": "amount", "steps": [{ "amount": { "decimal": "," } }] },
      "customer.external_reference": "ref", "customer.name": "name"
    }
    """
  private let semicolons = """
    { "name": "x", "format": "csv", "encoding": "windows-1252", "csv": { "delimiter": ";" }, \(fields) }
    """

  @Test func `a CSV with semicolons in Windows-1252 comes back so, and its mended rows are read`() throws {
    let scene = try MendingScene(semicolons)
    let text = "ref;amount;name\r\nA;1,00;Möller\r\nB;x;\"Grün; Söhne\"\r\nC;2,00;Ü\r\nD;1,234;é\r\n"
    let report = try scene.validate(try Array(text, in: "windows-1252"), as: "bills.csv")
    #expect(report.valid == 2 && report.invalid == 2)
    let rejected = try #require(report.files["rejected.csv"])
    let head = try Array(
      "ref;amount;name;billdrop_code;billdrop_reason\r\nB;x;\"Grün; Söhne\";amount.format;", in: "windows-1252")
    #expect(rejected.starts(with: head))
    #expect(report.files["rejected.reasons.csv"] == nil)
    let mended = rejected.replacing(Array("B;x;".utf8), Array("B;7,00;".utf8))
      .replacing(Array("1,234".utf8), Array("1,23".utf8))
    let again = try scene.validate(mended, as: "bills.mended.csv")
    #expect(again.valid == 2 && again.codes.isEmpty)
    #expect(try scene.references(mended, as: "bills.mended.csv") == ["B", "D"])
  }

  @Test func `bytes that the encoding doesn't have are written as they were`() throws {
    let scene = try MendingScene(semicolons)
    // 0x81 stands for nothing in windows-1252.
    let row = try Array("B;1,00;Gr", in: "windows-1252") + [0x81, 0xFC, 0x8D] + Array("n\n".utf8)
    let text = Array("ref;amount;name\nA;1,00;a\n".utf8) + row + Array("C;x;c\n".utf8)
    let report = try scene.validate(text, as: "bills.csv")
    #expect(report.invalid == 2)
    let rejected = try #require(report.files["rejected.csv"])
    let lines = rejected.split(separator: 10)
    #expect(lines.count == 3 && lines[1].starts(with: row.dropLast()))
  }

  @Test(arguments: ["UTF-16LE", "UTF-16BE"])
  func `UTF-16 comes back as UTF-16 with its mark`(encoding: String) throws {
    let scene = try MendingScene(#"{ "name": "x", "format": "csv", "encoding": "UTF-16", \#(Self.fields) }"#)
    let bytes = try Array("\u{FEFF}ref,amount,name\nA,\"1,00\",😀\nB,x,Дом\n", in: encoding)
    let report = try scene.validate(bytes, as: "bills.csv")
    #expect(report.valid == 1 && report.invalid == 1)
    let rejected = try #require(report.files["rejected.csv"])
    let head = try Array("\u{FEFF}ref,amount,name,billdrop_code,billdrop_reason\nB,x,Дом,amount.format,", in: encoding)
    #expect(rejected.starts(with: head))
    let mended = rejected.replacing(try Array("B,x", in: encoding), try Array("B,5", in: encoding))
    #expect(try scene.validate(mended, as: "bills.mended.csv").codes.isEmpty)
  }

  @Test func `half a character of UTF-16 comes back as it was`() throws {
    let scene = try MendingScene(#"{ "name": "x", "format": "csv", "encoding": "UTF-16LE", \#(Self.fields) }"#)
    let bytes = try Array("ref,amount,name\nA,x,b", in: "UTF-16LE") + [0x00, 0xD8] + (try Array("c\n", in: "UTF-16LE"))
    let rejected = try #require(try scene.validate(bytes, as: "bills.csv").files["rejected.csv"])
    let row = bytes[32..<(bytes.count - 2)]
    #expect(rejected.indices.contains { rejected[$0...].starts(with: row) })
  }

  @Test func `of a gzip the rows come back plain, or as a gzip where the layout takes nothing else`() throws {
    let text = Array("ref,amount,name\nA,1,a\nB,x,b\n".utf8)
    let packer = GzipDeflater()
    let packed = packer.pack(text) + packer.finish()
    let plain = try MendingScene(#"{ "name": "x", "format": "csv", \#(Self.fields) }"#)
    let rejected = try #require(try plain.validate(packed, as: "bills.csv.gz").files["rejected.csv"])
    #expect(
      String(decoding: rejected, as: UTF8.self).hasPrefix(
        "ref,amount,name,billdrop_code,billdrop_reason\nB,x,b,amount.format,"))
    #expect(try plain.validate(rejected.replacing(Array("x".utf8), Array("1".utf8)), as: "r.csv").valid == 1)

    let strict = try MendingScene(#"{ "name": "x", "format": "csv", "compression": "gzip", \#(Self.fields) }"#)
    let report = try strict.validate(packed, as: "bills.csv.gz")
    let gzip = try #require(report.files["rejected.csv.gz"])
    #expect(gzip.starts(with: [0x1F, 0x8B]))
    let again = try strict.validate(gzip, as: "rejected.csv.gz")
    #expect(again.invalid == 1 && again.codes == ["amount.format"])
  }

  @Test func `lines before the headings and a byte order mark come back`() throws {
    let scene = try MendingScene(
      #"{ "name": "x", "format": "csv", "csv": { "skip_lines": 2, "comment": "--" }, \#(Self.fields) }"#)
    let text = "\u{FEFF}Export, of \"today\nsecond\n-- no row\nref,amount,name\nA,1,a\n-- no row\nB,x,b"
    let rejected = try #require(try scene.validate(Array(text.utf8), as: "bills.csv").files["rejected.csv"])
    let shown = String(decoding: rejected, as: UTF8.self)
    #expect(
      shown.hasPrefix(
        "\u{FEFF}Export, of \"today\nsecond\n-- no row\nref,amount,name,billdrop_code,billdrop_reason\nB,x,b,"))
    let mended = rejected.replacing(Array("B,x,".utf8), Array("B,2,".utf8))
    #expect(try scene.validate(mended, as: "rejected.csv").valid == 1)
  }

  @Test func `reasons are written with the file's own quotes, or without any`() throws {
    for (quote, escape, reason) in [("'", #", "escape": "\\""#, "'"), ("", "", "")] {
      let scene = try MendingScene(
        #"{ "name": "x", "format": "csv", "csv": { "delimiter": "|", "quote": "\#(quote)"\#(escape) }, \#(Self.fields) }"#
      )
      let text = "ref|amount|name\nA|1|it\nB|x|o\n"
      let rejected = try #require(try scene.validate(Array(text.utf8), as: "b.csv").files["rejected.csv"])
      let again = try scene.validate(rejected, as: "rejected.csv")
      #expect(again.invalid == 1 && again.codes == ["amount.format"], "\(reason)")
    }
  }

  @Test func `a file without headings has its reasons beside it`() throws {
    let scene = try MendingScene(
      """
      { "name": "x", "format": "csv", "csv": { "heading": false, "delimiter": "\\t" },
        "columns": { "ref": 1, "amount": 2, "name": 3 }, \(Self.fields) }
      """)
    let report = try scene.validate(Array("A\t1\ta\nB\tx\tb\n".utf8), as: "bills.tsv")
    #expect(report.files["rejected.csv"] == Array("B\tx\tb\n".utf8))
    let reasons = String(decoding: try #require(report.files["rejected.reasons.csv"]), as: UTF8.self)
    #expect(reasons.hasPrefix("record,line,code,column,reason\n2,2,amount.format,amount,"))
    #expect(try scene.validate(Array("B\t1\tb\n".utf8), as: "rejected.csv").valid == 1)
  }

  @Test(arguments: [false, true])
  func `a row that is longer than any may be comes back whole`(isWide: Bool) throws {
    let encoding = isWide ? "UTF-16LE" : "UTF-8"
    let scene = try MendingScene(
      #"{ "name": "x", "format": "csv", "encoding": "\#(encoding)", \#(Self.fields) }"#)
    let long = "B," + String(repeating: "y", count: 3 << 20) + ",123456"
    let text = "ref,name,amount\r\nA,a,1\r\n\(long)\r\nC,c,x\r\n"
    let report = try scene.validate(try Array(text, in: encoding), as: "b.csv")
    #expect(report.valid == 1 && report.invalid == 2)
    let rejected = try #require(report.files["rejected.csv"])
    #expect(rejected.replacing(try Array(long + ",record.too-long,", in: encoding), []).count < rejected.count)
    #expect(try scene.validate(rejected, as: "rejected.csv").codes.sorted() == ["amount.format", "record.too-long"])
    let end = try scene.validate(try Array("ref,name,amount\nA,a,1\n\(long)", in: encoding), as: "e.csv")
    #expect(end.files["rejected.csv"]?.count ?? 0 > long.utf8.count)
  }

  @Test func `a blank line among records of several kinds comes back blank, and one at the end is read again`() throws {
    let scene = try MendingScene(
      """
      { "name": "kp", "format": "csv",
        "records": { "by": 1, "detail": "B", "parent": { "value": "C", "columns": { "num": 2, "nm": 3 } } },
        "fields": { "external_reference": "ref", "currency": { "constant": "ZAR" }, "amount_due": "amt",
                    "customer.external_reference": { "parent": "num" }, "customer.name": { "parent": "nm" } } }
      """)
    let report = try scene.validate(Array("k,ref,amt\nC,P0,Ann\n\nB,R1,x\nB,R2,5\n".utf8), as: "kp.csv")
    #expect(report.valid == 1 && report.invalid == 2)
    let rejected = try #require(report.files["rejected.csv"])
    let lines = String(decoding: rejected, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 5 && lines[1] == "C,P0,Ann" && lines[2] == "" && lines[3].hasPrefix("B,R1,x,amount."))
    let mended = rejected.replacing(Array("R1,x".utf8), Array("R1,7".utf8))
    let again = try scene.validate(mended, as: "kp.mended.csv")
    #expect(again.valid == 1 && again.invalid == 1 && again.codes == ["record.kind"])
    let last = try scene.validate(Array("k,ref,amt\nC,P0,Ann\nB,R1,x\n\nB,R2,5\n".utf8), as: "last.csv")
    #expect(try scene.validate(try #require(last.files["rejected.csv"]), as: "rejected.csv").invalid == last.invalid)
  }
}
