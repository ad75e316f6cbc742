import Testing

@testable import Tabular

@Suite struct DialectTests {
  private let backslash = UInt8(ascii: "\\")

  @Test(arguments: [
    (#"a\,b,c"#, [["a,b", "c"]]), (#""a\"b",c"#, [["a\"b", "c"]]), (#"a\\,b"#, [["a\\", "b"]]),
    (#"\"a,b"#, [["\"a", "b"]]), ("a\\\nb,c\nd", [["a\nb", "c"], ["d"]]), ("a\\\r\nb\nc", [["a\r\nb"], ["c"]]),
    (#""a\,\n","b\\""#, [["a,n", "b\\"]]), ("\"a\\\r\nb\"\n", [["a\r\nb"]]), (#""\\\"""#, [["\\\""]]),
  ])
  func `an escape character takes the meaning from what follows it`(text: String, table: [[String]]) throws {
    for blockSize in 1...text.utf8.count {
      let result = try read(
        Array(text.utf8), dialect: Dialect(escape: backslash, hasHeading: false), blockSize: blockSize)
      #expect(result.table == table)
      #expect(result.faults.isEmpty)
    }
  }

  @Test func `with an escape character quotes aren't doubled, and a last one escapes nothing`() throws {
    let result = try read(Array("\"a\"\"b\",c\nd\\".utf8), dialect: Dialect(escape: backslash, hasHeading: false))
    #expect(result.table == [["a\"b\"", "c"], ["d\\"]])
    #expect(
      result.faults == [
        ReadFault(kind: .bytesAfterClosingQuote, number: 1, field: 0, line: 1, byteOffset: 3),
        ReadFault(kind: .danglingEscape, number: 2, field: 0, line: 2, byteOffset: 10),
      ])
  }

  @Test func `comments are no records, and have no number`() throws {
    let text = "# made by x\nh1,h2\n#,\"\n1,2\n3,#4\n\"#5\",6\n##\n\n# end"
    for blockSize in 1...text.utf8.count {
      let result = try read(
        Array(text.utf8), dialect: Dialect(comment: Array("#".utf8)), blockSize: blockSize)
      #expect(result.table == [["h1", "h2"], ["1", "2"], ["3", "#4"], ["#5", "6"], [""]])
      #expect(result.records.map(\.number) == [0, 1, 2, 3, 4])
      #expect(result.records.map(\.line) == [2, 4, 5, 6, 8])
      #expect(result.faults.isEmpty)
    }
  }

  @Test func `lines at the beginning are left out, whatever stands in them`() throws {
    let text = "\u{FEFF}Report \"of\r\n\rNovember\nh\n1\n"
    for blockSize in 1...text.utf8.count {
      let result = try read(Array(text.utf8), dialect: Dialect(skippedLines: 3), blockSize: blockSize)
      #expect(result.table == [["h"], ["1"]])
      #expect(result.records.map(\.number) == [0, 1])
      #expect(result.records.map(\.line) == [4, 5])
    }
    #expect(try read(Array("a\nb".utf8), dialect: Dialect(skippedLines: 9)).records.isEmpty)
  }

  @Test(arguments: [0x01, 0x09, 0x1F, 0x3B, 0x7C, 0x7E] as [UInt8])
  func `any ASCII byte may delimit`(delimiter: UInt8) throws {
    let text = Array("a".utf8) + [delimiter] + Array("\"b".utf8) + [delimiter] + Array("c\"\n".utf8)
    let result = try read(text, dialect: Dialect(delimiter: delimiter, hasHeading: false))
    #expect(result.records.map(\.fields) == [[Array("a".utf8), Array("b".utf8) + [delimiter] + Array("c".utf8)]])
  }

  @Test func `a line of a million columns is read while it is within the limit, and cut beyond it`() throws {
    let line = [UInt8](repeating: UInt8(ascii: ","), count: 1_000_000) + Array("\na,b\n".utf8)
    let result = try read(line)
    #expect(result.records.map(\.fields.count) == [1_000_001, 2])
    let longer = [UInt8](repeating: UInt8(ascii: ","), count: 3_000_000) + Array("\na,b\n".utf8)
    let cut = try read(longer)
    #expect(cut.records.map(\.fields.count) == [0, 2])
    #expect(cut.faults.map(\.kind) == [.recordTooLong(limit: 1 << 20)])
  }

  @Test func `endless lines, comments and skipped lines take bounded memory`() throws {
    for (first, dialect) in [
      ("x", Dialect(hasHeading: false)), ("\n\n#", Dialect(comment: Array("#".utf8), hasHeading: false)),
      ("x", Dialect(skippedLines: 1, hasHeading: false)), ("\"", Dialect(hasHeading: false)),
      ("x\\", Dialect(escape: backslash, hasHeading: false)),
    ] {
      var sent = 0
      let source = ByteSource(name: "endless") { (buffer) throws(InputError) in
        buffer.initializeMemory(as: UInt8.self, repeating: UInt8(ascii: "x"))
        if sent == 0 { buffer.copyBytes(from: first.utf8) }
        sent += buffer.count
        guard sent > 32 << 20 else { return buffer.count }
        buffer.copyBytes(from: Array("\nab\n".utf8))
        return 4
      }
      var reader = CSVReader(source: source, dialect: dialect)
      var batch = RecordBatch()
      var last: [[UInt8]] = []
      while try reader.next(into: &batch) {
        #expect(batch.rawCount <= 3 << 20)
        if let record = batch.records.last { last = batch.fields(of: record).map { Array(batch.bytes(of: $0)) } }
      }
      #expect(last == [Array("ab".utf8)])
    }
  }
}
