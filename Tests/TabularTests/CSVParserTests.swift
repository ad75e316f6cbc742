import SeededRandoms
import Testing

@testable import Tabular

@Suite struct CSVParserTests {
  @Test(arguments: [
    ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
    ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
    ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
    ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
    ("a\nb\r\nc\rd", [["a"], ["b"], ["c"], ["d"]]),
    ("a\r\r\nb\n\rc", [["a"], [""], ["b"], [""], ["c"]]),
    ("", []), ("\n", []), ("\r\n\n\r", []), ("a\n\n\r\n", [["a"]]),
    ("a,b\n\n1,2\n", [["a", "b"], [""], ["1", "2"]]),
    ("\n\na\n", [[""], [""], ["a"]]),
    (",", [["", ""]]), (",\n", [["", ""]]), ("a,,c\n", [["a", "", "c"]]),
    ("\"\"\n", [[""]]), ("\"\",\"\"\n", [["", ""]]),
    ("\"a,b\",c\n", [["a,b", "c"]]),
    ("\"a\"\"b\",c\n", [["a\"b", "c"]]), ("\"\"\"\"\n", [["\""]]), ("\"\"\"a\"\"\"", [["\"a\""]]),
    ("\"a\nb\r\nc\rd\",e\n", [["a\nb\r\nc\rd", "e"]]),
    ("a,\"b\"", [["a", "b"]]), ("\"a\"\r\n\"b\"\r", [["a"], ["b"]]),
    (" a , \tb\n", [[" a ", " \tb"]]),
    ("1,2,3\n4\n5,6\n", [["1", "2", "3"], ["4"], ["5", "6"]]),
    ("Zoë,Đặng,日本,😀\n", [["Zoë", "Đặng", "日本", "😀"]]),
  ])
  func `text becomes records and fields`(text: String, table: [[String]]) throws {
    let result = try read(Array(text.utf8))
    #expect(result.table == table)
    #expect(result.faults.isEmpty)
    #expect(
      result == ReferenceParser(input: Array(text.utf8), dialect: Dialect(hasHeading: false), limit: 1 << 20).parse())
  }

  @Test func `a record knows its number, its first line, its first byte and its bytes as they came`() throws {
    let text = "h1,h2\r\na,\"b\nc\"\r\n\"d\"\"\",e\rf,g"
    let records = try read(Array(text.utf8), dialect: Dialect()).records
    #expect(records.map(\.number) == [0, 1, 2, 3])
    #expect(records.map(\.line) == [1, 2, 4, 5])
    #expect(records.map(\.byteOffset) == [0, 7, 16, 24])
    #expect(
      records.map { String(decoding: $0.raw, as: UTF8.self) } == [
        "h1,h2\r\n", "a,\"b\nc\"\r\n", "\"d\"\"\",e\r", "f,g",
      ])
  }

  @Test func `a byte order mark is passed over and counted`() throws {
    let records = try read(Array("\u{FEFF}a,b\nc,d\n".utf8)).records
    #expect(records.map(\.texts) == [["a", "b"], ["c", "d"]])
    #expect(records.map(\.byteOffset) == [3, 7])
    #expect(try read([0xEF, 0xBB, 0xBF]).records.isEmpty)
    #expect(try read(Array("\u{FEFF}\u{FEFF}a".utf8)).table == [["\u{FEFF}a"]])
    #expect(try read(Array("a\n\u{FEFF}b\n".utf8)).table == [["a"], ["\u{FEFF}b"]])
  }

  @Test(arguments: ["a\tb\n\"c\td\"\te,f\n", "a|b\n'c|d'|e,f\n"])
  func `delimiter and quote are the dialect's`(text: String) throws {
    let isTab = text.contains("\t")
    let dialect = Dialect(
      delimiter: UInt8(ascii: isTab ? "\t" : "|"), quote: UInt8(ascii: isTab ? "\"" : "'"), hasHeading: false)
    #expect(try read(Array(text.utf8), dialect: dialect).table == [["a", "b"], [isTab ? "c\td" : "c|d", "e,f"]])
  }

  @Test func `without a quote in the dialect, quotes are ordinary bytes`() throws {
    let result = try read(Array("\"a,5\" b\n\"\n".utf8), dialect: Dialect(quote: nil, hasHeading: false))
    #expect(result.table == [["\"a", "5\" b"], ["\""]])
    #expect(result.faults.isEmpty)
  }

  @Test func `blank lines at the end are no records, unless they are more bytes than a record may have`() throws {
    let blanks = [UInt8](repeating: 10, count: 20)
    #expect(try read(Array("a\n".utf8) + blanks, limit: 20).records.count == 1)
    for blockSize in [1, 7, 19, 20, 21, 1000] {
      let result = try read(Array("a\n".utf8) + blanks, blockSize: blockSize, limit: 19)
      #expect(result.records.map(\.line) == Array(1...21))
    }
  }

  @Test func `the same records come out wherever the input is cut`() {
    let text = """
      \u{FEFF}ref,name,note\r\n1,"Smith, J","said ""hi""
      twice"\r2,Zoë,5" pipe\n\n3,"a"b,\u{0}x\n4,"open,x\n5,"y",z\r\n"6",,""\n\n\r\n
      """
    let bytes = Array(text.utf8) + [0x37, 0x2C, 0xC3, 0x28, 0x0A, 0x0D, 0x0A]
    let whole = parse(bytes, cuts: [])
    #expect(whole == ReferenceParser(input: bytes, dialect: Dialect(hasHeading: false), limit: 1 << 20).parse())
    #expect(whole.records.count == 11)
    #expect(whole.faults.count == 5)
    for first in 0...bytes.count {
      #expect(parse(bytes, cuts: [first]) == whole, "cut at \(first)")
      for second in first...bytes.count where second % 3 == 0 {
        #expect(parse(bytes, cuts: [first, second]) == whole, "cut at \(first) and \(second)")
      }
    }
  }

  @Test func `random tables are read back as they were written`() throws {
    let seed = UInt64.random(in: 0 ..< .max)
    print("seed \(seed)")
    var random = SeededRandom(seed: seed)
    let pieces = ["a", "Zoë ", ",", "\"", "\n", "\r\n", "\r", "0123456789", "日本", ";", " "]
    let lineEnds = ["\n", "\r\n", "\r"]
    for round in 0..<300 {
      let table = (0..<Int.random(in: 1...12, using: &random)).map { _ in
        (0..<Int.random(in: 1...14, using: &random)).map { _ in
          (0..<Int.random(in: 0...6, using: &random)).map { _ in pieces.randomElement(using: &random)! }.joined()
        }
      }
      let text = table.map { row in
        row.map { value in
          let needsQuotes = row == [""] || value.utf8.contains { [10, 13, 34, 44].contains($0) }
          guard needsQuotes || Int.random(in: 0..<4, using: &random) == 0 else { return value }
          return "\"" + value.replacing("\"", with: "\"\"") + "\""
        }.joined(separator: ",") + lineEnds.randomElement(using: &random)!
      }.joined()
      let blockSize = Int.random(in: 1...400, using: &random)
      let result = try read(Array(text.utf8), blockSize: blockSize)
      #expect(
        result.records.map(\.fields) == table.map { $0.map { Array($0.utf8) } } && result.faults.isEmpty,
        "seed \(seed) round \(round) block \(blockSize) \(text.debugDescription)")
    }
  }
}
