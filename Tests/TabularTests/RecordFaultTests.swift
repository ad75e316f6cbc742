import Testing

@testable import Tabular

@Suite struct RecordFaultTests {
  /// What is read of a text with one fault.
  struct Shape: CustomTestStringConvertible, Sendable {
    var text: String
    var table: [[String]]
    var kind: RecordFault.Kind
    var number: Int
    var field: Int?
    var line: Int
    var byteOffset: Int64

    init(
      _ text: String, _ table: [[String]], _ kind: RecordFault.Kind, number: Int, field: Int?, line: Int, byte: Int64
    ) {
      (self.text, self.table, self.kind, self.number) = (text, table, kind, number)
      (self.field, self.line, byteOffset) = (field, line, byte)
    }

    var testDescription: String { text.debugDescription }
  }

  @Test(arguments: [
    Shape(
      "a,\"b\"c,d\ne\n", [["a", "bc", "d"], ["e"]], .bytesAfterClosingQuote, number: 1, field: 1, line: 1, byte: 5),
    Shape("\"a\" ,b\n", [["a ", "b"]], .bytesAfterClosingQuote, number: 1, field: 0, line: 1, byte: 3),
    Shape(
      "x\n\"a\"\"b\"c\"d\"\n", [["x"], ["a\"bc\"d\""]], .bytesAfterClosingQuote, number: 2, field: 0, line: 2, byte: 8),
    Shape(
      "a,5\" pipe 3\"\nb\n", [["a", "5\" pipe 3\""], ["b"]], .quoteInUnquotedField, number: 1, field: 1, line: 1,
      byte: 3),
    Shape(" \"a\"\n", [[" \"a\""]], .quoteInUnquotedField, number: 1, field: 0, line: 1, byte: 1),
    Shape(
      "1,x\n2,\"open,y\n3,z\n", [["1", "x"], ["2", "\"open", "y"], ["3", "z"]], .unclosedQuote(.endOfInput), number: 2,
      field: 1, line: 2, byte: 6),
    Shape("1,\"", [["1", "\""]], .unclosedQuote(.endOfInput), number: 1, field: 1, line: 1, byte: 2),
    Shape("1,\"a\"\"\n", [["1", "\"a\"\""]], .unclosedQuote(.endOfInput), number: 1, field: 1, line: 1, byte: 2),
    Shape(
      "1,\"open\n2,x\n3,\"quoted, well\",y\n4,z\n",
      [["1", "\"open"], ["2", "x"], ["3", "quoted, well", "y"], ["4", "z"]],
      .unclosedQuote(.bytesAfterLaterQuote), number: 1, field: 1, line: 1, byte: 2),
    Shape("1,a\u{0}b\u{0}\n", [["1", "a\u{0}b\u{0}"]], .nulByte, number: 1, field: 1, line: 1, byte: 3),
    Shape("1,\"a\nb\"\"\u{0}\"\n", [["1", "a\nb\"\u{0}"]], .nulByte, number: 1, field: 1, line: 2, byte: 8),
  ])
  func `a fault has its place, and its record is mended as its kind says`(shape: Shape) throws {
    let bytes = Array(shape.text.utf8)
    for blockSize in [1, 3, 1 << 20] {
      let result = try read(bytes, blockSize: blockSize)
      #expect(result.table == shape.table)
      #expect(
        result.faults == [
          ReadFault(
            kind: shape.kind, number: shape.number, field: shape.field, line: shape.line, byteOffset: shape.byteOffset)
        ])
      #expect(result.records.flatMap(\.raw) == bytes)
    }
  }

  @Test func `an unclosed quote swallows no line after its own`() throws {
    let lines = (1...5000).map { $0 == 7 ? "7,\"open,10\n" : "\($0),\"Smith, J\",10\n" }
    let result = try read(Array(lines.joined().utf8), blockSize: 4096)
    #expect(result.records.map(\.line) == Array(1...5000))
    #expect(result.records.map(\.fields.count).allSatisfy { $0 == 3 })
    #expect(result.faults.map(\.kind) == [.unclosedQuote(.bytesAfterLaterQuote)])
    #expect(result.faults.first?.line == 7)
  }

  @Test(arguments: [16, 1000, 1 << 20])
  func `a quote that stays open past the limit is told by its own line`(blockSize: Int) throws {
    let text = "h\n1,\"open\n" + String(repeating: "2,x\n", count: 100)
    let result = try read(Array(text.utf8), blockSize: blockSize, limit: 50)
    #expect(result.records.count == 102)
    #expect(
      result.faults == [
        ReadFault(kind: .unclosedQuote(.recordTooLong), number: 2, field: 1, line: 2, byteOffset: 4)
      ])
  }

  @Test(arguments: [16, 1000, 1 << 20])
  func `a record past the limit is cut, and reading goes on with the next line`(blockSize: Int) throws {
    let long = String(repeating: "ab,", count: 40)
    let text = "1,x\r\n2,\(long)\"y\r\n3,z\r\n"
    let result = try read(Array(text.utf8), blockSize: blockSize, limit: 30)
    #expect(result.records.map(\.line) == [1, 2, 3])
    #expect(result.table == [["1", "x"], [], ["3", "z"]])
    #expect(result.records[1].raw == Array("2,\(long)".utf8.prefix(30)))
    #expect(result.records[2].byteOffset == 131)
    #expect(
      result.faults == [
        ReadFault(kind: .recordTooLong(limit: 30), number: 2, field: nil, line: 2, byteOffset: 5)
      ])
  }

  @Test func `a line of gigabytes takes no more memory than a block`() throws {
    var parser = CSVParser(dialect: Dialect(), maximumRecordBytes: 1000)
    var batch = RecordBatch()
    let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 10_000)
    for _ in 0..<200 {
      let leftover = Array(batch.leftover)
      leftover.withUnsafeBytes { kept in
        piece.withUnsafeBytes { batch.load(leftover: kept, fresh: $0, at: parser.position.byteOffset) }
      }
      parser.parse(&batch, isLast: false)
      #expect(batch.leftover.isEmpty)
    }
    #expect(parser.position.byteOffset == 2_000_000)
    #expect(parser.position.number == 1)
  }

  @Test(
    arguments: [
      ([0x80], 0), ([0x61, 0xC0, 0xAF], 1), ([0xC3], 0), ([0xE0, 0x9F, 0x80], 0), ([0xED, 0xA0, 0x80], 0),
      ([0xC3, 0xA9, 0xF4, 0x90, 0x80, 0x80], 2), ([0xF0, 0x8F, 0xBF, 0xBF], 0), ([0xF5, 0x80, 0x80, 0x80], 0),
      ([0xE2, 0x82], 0), ([0xFE], 0),
    ] as [([UInt8], Int64)])
  func `a value that is no UTF-8 is told by its first bad byte`(value: [UInt8], place: Int64) throws {
    let bytes = Array("é,b\n\"c\nd\",".utf8) + value + Array(",e\n".utf8)
    let result = try read(bytes, blockSize: 5)
    #expect(
      result.faults == [ReadFault(kind: .invalidUTF8, number: 2, field: 1, line: 3, byteOffset: 11 + place)])
    #expect(result.records[1].fields[1] == value)
  }

  @Test func `all faults of a record are told, in the order of its bytes`() throws {
    let bytes = Array("1,\"a\"b\u{0},5\" ".utf8) + [0xFF, 0x2C, 0x22] + Array("open\n2\n".utf8)
    let faults = try read(bytes).faults
    #expect(
      faults.map(\.kind) == [
        .bytesAfterClosingQuote, .nulByte, .quoteInUnquotedField, .invalidUTF8, .unclosedQuote(.endOfInput),
      ])
    #expect(faults.map(\.field) == [1, 1, 2, 2, 3])
    #expect(faults.map(\.byteOffset) == [5, 6, 9, 11, 13])
  }

  @Test func `each of many faults of a record has its own line`() throws {
    let bytes =
      Array("h\n\"a\r\nb\0\",\"".utf8) + [0xFF] + Array("\n\0\",c\0".utf8) + [0xFF] + Array(",\"d\r\n".utf8) + [
        0xFF, 0x22, 0x0A,
      ]
    let faults = try read(bytes).faults
    #expect(faults.map(\.kind) == [.nulByte, .invalidUTF8, .nulByte, .nulByte, .invalidUTF8, .invalidUTF8])
    #expect(faults.map(\.field) == [0, 1, 1, 2, 2, 3])
    #expect(faults.map(\.line) == [3, 3, 4, 4, 4, 5])
    #expect(faults.map(\.number).allSatisfy { $0 == 2 })
  }

  @Test(.timeLimit(.minutes(1))) func `a record of faults alone is gone through once`() throws {
    let bytes = Array(repeating: [0xFF, 0x2C] as [UInt8], count: 100_000).flatMap(\.self)
    #expect(try read(bytes).faults.count == 100_000)
  }
}
