import Tabular
import Testing

@testable import FileRuns

@Suite struct RejectedFixedWidthTests {
  private let lines = """
    { "name": "x", "format": "fixed-width", "file_name": "B[0-9]+\\\\.dat", "fixed_width": { "record_length": 14 },
      "records": {
        "by": { "start": 1, "length": 1 },
        "header": { "value": "H", "columns": { "batch": { "start": 2, "length": 4 } } }, "detail": "D",
        "trailer": { "value": "T", "columns": { "count": { "start": 2, "length": 3 }, "sum": { "start": 5, "length": 6 } } }
      },
      "columns": { "ref": { "start": 2, "length": 4 }, "amount": { "start": 6, "length": 5 },
                   "name": { "start": 11, "length": 4 } },
      "fields": {
        "external_reference": "ref", "currency": { "constant": "ZAR" }, "amount_due": { "column": "amount", "steps": ["strip_zeros"] },
        "customer.external_reference": "ref", "customer.name": "name", "metadata.batch": { "header": "batch" }
      },
      "control": { "count": { "trailer": "count", "steps": ["strip_zeros"] },
                   "sums": [{ "of": "amount_due", "trailer": "sum", "steps": ["strip_zeros"] }] }
    }
    """

  @Test func `lines come back with their header and trailer, whose totals don't count once they are mended`() throws {
    let scene = try MendingScene(lines)
    let text =
      "H0042         \r\nDAAAA00001abcd\r\nDBBBB0000xabcd\r\n"
      + "DCCCC00003abcd\r\nDDDDD000-1    \r\nT004000004    \r\n"
    // A sum can't be right where an amount can't be read, so that the file is rejected whole.
    #expect(try scene.validate(Array(text.utf8), as: "B1.dat").codes.contains("file.control-sum"))
    let counted = try MendingScene(
      String(decoding: Array(lines.utf8).replacing(Array(Self.sums.utf8), []), as: UTF8.self))
    let report = try counted.validate(Array(text.utf8), as: "B1.dat")
    #expect(report.valid == 2 && report.invalid == 2)
    let rejected = try #require(report.files["rejected.dat"])
    #expect(
      String(decoding: rejected, as: UTF8.self)
        == "H0042         \r\nDBBBB0000xabcd\r\nDDDDD000-1    \r\nT004000004    \r\n")
    #expect(String(decoding: report.files["rejected.reasons.csv"] ?? [], as: UTF8.self).contains("\n2,3,"))
    let mended = rejected.replacing(Array("0000x".utf8), Array("00002".utf8))
      .replacing(Array("000-1    ".utf8), Array("00001name".utf8))
    #expect(try counted.validate(mended, as: "rejected.dat").codes == ["file.name"])
    let again = try counted.validate(mended, as: "B1.mended.dat")
    #expect(again.valid == 2 && again.codes.isEmpty)
    // Under a name of its own the figures count.
    #expect(try counted.validate(mended, as: "B2.dat").codes == ["file.control-count"])
  }

  private static let sums = """
    ,
                   "sums": [{ "of": "amount_due", "trailer": "sum", "steps": ["strip_zeros"] }]
    """

  /// EBCDIC: a reference of four characters and a packed amount of three bytes.
  private let blocks = """
    { "name": "x", "format": "fixed-width", "encoding": "IBM037",
      "fixed_width": { "record_length": 8, "line_ends": false, "unit": "bytes" },
      "records": { "by": { "start": 1, "length": 1 }, "detail": "D", "header": { "value": "H", "columns": {} } },
      "columns": { "ref": { "start": 2, "length": 4 }, "amount": { "start": 6, "length": 3, "type": "packed" } },
      "fields": {
        "external_reference": "ref", "currency": { "constant": "ZAR" }, "amount_due": "amount",
        "customer.external_reference": "ref", "customer.name": "ref"
      } }
    """

  @Test func `blocks of EBCDIC with packed amounts come back byte for byte`() throws {
    let scene = try MendingScene(blocks)
    func block(_ text: String, _ packed: [UInt8]) throws -> [UInt8] { try Array(text, in: "IBM037") + packed }
    let header = try block("H    ", [0, 0, 0x0D])
    // 0x0A at the end is no line end, and no sign of a packed number that is wrong either.
    let bad = try block("DBBBB", [0x12, 0xFF, 0x0A])
    let worse = try block("DCCCC", [0x0D, 0x0A, 0x0D])
    let bytes = try header + block("DAAAA", [0x00, 0x10, 0x0C]) + bad + worse + block("DEEEE", [0x00, 0x10, 0x0C])
    let report = try scene.validate(bytes, as: "bills.bin")
    #expect(report.valid == 2 && report.invalid == 2)
    let rejected = try #require(report.files["rejected.bin"])
    #expect(rejected == header + bad + worse)
    let mended = rejected.replacing([0x12, 0xFF, 0x0A], [0x12, 0x34, 0x5C])
      .replacing([0x0D, 0x0A, 0x0D], [0x00, 0x01, 0x0C])
    let again = try scene.validate(mended, as: "bills.mended.bin")
    #expect(again.valid == 2 && again.codes.isEmpty)
  }

  @Test(arguments: [[0x15], [0x25], [0x0D, 0x15], [0x15, 0x25]] as [[UInt8]])
  func `lines of EBCDIC come back with the line ends that they had`(ends: [UInt8]) throws {
    let scene = try MendingScene(
      """
      { "name": "x", "format": "fixed-width", "encoding": "IBM037",
        "columns": { "ref": { "start": 1, "length": 4 }, "amount": { "start": 5, "length": 3 } },
        "fields": {
          "external_reference": "ref", "currency": { "constant": "ZAR" }, "amount_due": "amount",
          "customer.external_reference": "ref", "customer.name": "ref"
        } }
      """)
    // Two line ends: one and the other by turns.
    let isMixed = ends == [0x15, 0x25]
    var bad: [UInt8] = []
    var bytes: [UInt8] = []
    for number in 0..<9 {
      let isGood = number % 4 == 1
      let line = try Array("R\(number)AB" + (isGood ? "123" : "12x"), in: "IBM037")
      let whole = line + (isMixed ? [ends[number / 2 % 2]] : ends)
      bytes += whole
      if !isGood { bad += whole }
    }
    let report = try scene.validate(bytes, as: "bills.txt")
    #expect(report.valid == 2 && report.invalid == 7)
    #expect(report.files["rejected.txt"] == bad)
  }

  private let customers = """
    { "name": "x", "format": "csv", "csv": { "heading": false },
      "records": { "by": 1, "detail": "B", "parent": { "value": "C", "columns": { "id": 2, "name": 3 } },
                   "ignored": ["#"] },
      "columns": { "ref": 2, "amount": 3 },
      "fields": {
        "external_reference": "ref", "currency": { "constant": "ZAR" }, "amount_due": "amount",
        "customer.external_reference": { "parent": "id" }, "customer.name": { "parent": "name" }
      } }
    """

  @Test func `rows come back below the parents that they take values from, each parent once`() throws {
    let scene = try MendingScene(customers)
    let text = "C,1,Ann\nB,a,1\nB,b,x\nC,2,Bob\nB,c,2\n#,,\nC,3,Cid\nB,d,x\nB,e,3\nB,f,y\n"
    let report = try scene.validate(Array(text.utf8), as: "bills.csv")
    #expect(report.valid == 3 && report.invalid == 3)
    let rejected = try #require(report.files["rejected.csv"])
    #expect(String(decoding: rejected, as: UTF8.self) == "C,1,Ann\nB,b,x\nC,3,Cid\nB,d,x\nB,f,y\n")
    let mended = rejected.replacing(Array(",x".utf8), Array(",7".utf8)).replacing(Array(",y".utf8), Array(",8".utf8))
    let again = try scene.validate(mended, as: "bills.mended.csv")
    #expect(again.valid == 3 && again.codes.isEmpty)
    #expect(try scene.references(mended, as: "bills.mended.csv") == ["b", "d", "f"])
  }

  @Test func `a record of no kind comes back below the parent that it and the bills behind it may belong to`() throws {
    let scene = try MendingScene(customers)
    let text = "C,1,Ann\nB,a,1\nC,2,Bob\nB,b,1\nX,c,2\nB,d,3\nB,e,3\nC,3,Cid\nB,f,3\nB,g,x\nX,h,2\nB,i,3\n"
    let report = try scene.validate(Array(text.utf8), as: "bills.csv")
    #expect(report.valid == 3 && report.invalid == 6)
    let rejected = try #require(report.files["rejected.csv"])
    #expect(
      String(decoding: rejected, as: UTF8.self)
        == "C,2,Bob\nX,c,2\nB,d,3\nB,e,3\nC,3,Cid\nB,g,x\nX,h,2\nB,i,3\n")
    // As long as nobody mends it, nothing behind it goes to the customer above.
    let unmended = try scene.validate(rejected, as: "bills.mended.csv")
    #expect(unmended.valid == 0 && unmended.invalid == 6)
    let bills = rejected.replacing(Array("X".utf8), Array("B".utf8)).replacing(Array("g,x".utf8), Array("g,1".utf8))
    let again = try scene.validate(bills, as: "bills.mended.csv")
    #expect(again.valid == 6 && again.codes.isEmpty)
    let parent = rejected.replacing(Array("X,c,2".utf8), Array("C,4,Dot".utf8))
    #expect(try scene.references(parent, as: "bills.mended.csv") == ["d", "e"])
  }
}
