import SeededRandoms
import Testing

@testable import Tabular

@Suite struct FixedWidthParserTests {
  private let fields = [
    FixedWidthField(start: 1, length: 3), FixedWidthField(start: 4, length: 2), FixedWidthField(start: 8, length: 4),
  ]

  @Test(arguments: ["abc12xx 9.5\nDEF34   7.0\n", "abc12xx 9.5\r\nDEF34   7.0", "abc12xx 9.5\rDEF34   7.0\r\n\n"])
  func `lines are cut at the stated places, padding and all`(text: String) throws {
    let result = try read(text, FixedWidthDialect(fields: fields, lengths: 11...11))
    #expect(result.table == [["abc", "12", " 9.5"], ["DEF", "34", " 7.0"]])
    #expect(result.faults.isEmpty)
    #expect(result.records.map(\.line) == [1, 2])
  }

  @Test func `fields come in the order of their starts, and may overlap`() throws {
    let dialect = FixedWidthDialect(fields: [
      .init(start: 3, length: 2), .init(start: 1, length: 4), .init(start: 1, length: 2),
    ])
    #expect(try read("abcd\n", dialect).table == [["ab", "abcd", "cd"]])
  }

  @Test func `pure blocks need no line end, and the last one may be cut`() throws {
    let dialect = FixedWidthDialect(fields: fields, framing: .blocks(11), hasHeading: true)
    let result = try read("abc12xx 9.5DEF34\n\n 7.0GHI5", dialect)
    #expect(result.table == [["abc", "12", " 9.5"], ["DEF", "34", " 7.0"], ["GHI", "5"]])
    #expect(result.records.map(\.number) == [0, 1, 2])
    #expect(
      result.faults == [
        ReadFault(kind: .truncatedRecord(length: 4, expected: 11), number: 2, field: nil, line: 3, byteOffset: 22)
      ])
  }

  @Test func `short and long lines keep what they have, and say where they are`() throws {
    let result = try read("abc12\nabc12xx 9.5\nabc12xx 9.5!\n\nab", FixedWidthDialect(fields: fields, lengths: 11...11))
    #expect(result.table == [["abc", "12"], ["abc", "12", " 9.5"], ["abc", "12", " 9.5"], [""], ["ab"]])
    #expect(
      result.faults == [
        ReadFault(kind: .shortRecord(length: 5, expected: 11), number: 1, field: nil, line: 1, byteOffset: 0),
        ReadFault(kind: .longRecord(length: 12, expected: 11), number: 3, field: nil, line: 3, byteOffset: 18),
        ReadFault(kind: .shortRecord(length: 0, expected: 11), number: 4, field: nil, line: 4, byteOffset: 31),
        ReadFault(kind: .truncatedRecord(length: 2, expected: 11), number: 5, field: nil, line: 5, byteOffset: 32),
      ])
  }

  @Test func `measured records may hold line ends, and recover where their own is missing`() throws {
    let dialect = FixedWidthDialect(
      fields: [.init(start: 1, length: 4)], content: .raw, framing: .measured(4, .text))
    let result = try read("a\nb\r\nc\rdd\nshort\nabcd\n", dialect)
    #expect(result.table == [["a\nb\r"], ["c\rdd"], ["shor"], ["abcd"]])
    #expect(
      result.faults == [
        ReadFault(kind: .longRecord(length: 5, expected: 4), number: 3, field: nil, line: 3, byteOffset: 10)
      ])
  }

  @Test func `EBCDIC lines end with NEL, LF or CR`() throws {
    let dialect = FixedWidthDialect(fields: [.init(start: 1, length: 2)], content: .raw, framing: .lines(.ebcdic))
    let bytes: [UInt8] = [0xC1, 0x0A, 0x15, 0xC2, 0x00, 0x25, 0xC3, 0x0D, 0x25, 0xC4, 0x0D, 0xC5, 0x0D, 0x15, 0xC6]
    let result = try read(bytes, dialect)
    #expect(result.records.map(\.fields) == [[[0xC1, 0x0A]], [[0xC2, 0x00]], [[0xC3]], [[0xC4]], [[0xC5]], [[0xC6]]])
    #expect(result.faults.isEmpty)
    for size in 1...bytes.count { #expect(try read(bytes, dialect, blockSize: size) == result) }
  }

  @Test func `a record with room for another one is told where no length is stated`() throws {
    let dialect = FixedWidthDialect(fields: [.init(start: 2, length: 2)], lengths: 0...5)
    let result = try read("abcde\nabcdef\na\n", dialect)
    #expect(result.table == [["bc"], ["bc"], [""]])
    #expect(
      result.faults == [
        ReadFault(kind: .roomyRecord(length: 6, extent: 3), number: 2, field: nil, line: 2, byteOffset: 6)
      ])
  }

  @Test func `characters count as such`() throws {
    let dialect = FixedWidthDialect(
      fields: [.init(start: 1, length: 2), .init(start: 3, length: 3)], unit: .characters, lengths: 5...5)
    #expect(
      try read("\u{FEFF}é😀abc\nabcde\nüüüüü\n", dialect).table == [["é😀", "abc"], ["ab", "cde"], ["üü", "üüü"]])
    let blocks = FixedWidthDialect(
      fields: [.init(start: 1, length: 2), .init(start: 3, length: 3)], unit: .characters, framing: .blocks(5))
    #expect(try read("é😀abcabcdeüüüüü", blocks).table == [["é😀", "abc"], ["ab", "cde"], ["üü", "üüü"]])
  }

  @Test func `text is looked at for NUL and for what is no UTF-8, raw bytes aren't`() throws {
    let bytes: [UInt8] = [0x61, 0xC3, 0xA9, 0x00, 10]
    let cut = [FixedWidthField(start: 1, length: 2), FixedWidthField(start: 3, length: 2)]
    let text = try read(bytes, FixedWidthDialect(fields: cut))
    #expect(text.faults.map(\.kind) == [.invalidUTF8, .invalidUTF8, .nulByte])
    #expect(text.faults.map(\.byteOffset) == [1, 2, 3])
    #expect(try read(bytes, FixedWidthDialect(fields: cut, content: .raw)).faults.isEmpty)
  }

  @Test func `text in another encoding is cut after it is decoded`() throws {
    let dialect = FixedWidthDialect(
      fields: [.init(start: 1, length: 2), .init(start: 3, length: 2)], unit: .characters, framing: .blocks(4))
    var reader = FixedWidthReader(
      source: ByteSource(bytes: encode("é€abüöcd", "UTF-16LE") + [0x00, 0xDC]), dialect: dialect,
      encoding: try TextEncoding(named: "UTF-16LE"), options: .init(blockSize: 3))
    var batch = RecordBatch()
    var result = ReadResult()
    while try reader.next(into: &batch) { result.add(batch) }
    #expect(result.table == [["é€", "ab"], ["üö", "cd"], ["\u{FFFD}"]])
    #expect(result.records.map(\.byteOffset) == [0, 8, 16])
    #expect(result.faults.map(\.kind) == [.truncatedRecord(length: 1, expected: 4), .undecodable])
    #expect(result.faults.map(\.byteOffset) == [16, 16])
  }

  private func described(_ records: [[UInt8]]) -> [UInt8] {
    var bytes: [UInt8] = []
    for record in records {
      let length = record.count + 4
      bytes += [UInt8(length >> 8), UInt8(length & 0xFF), 0, 0]
      bytes += record
    }
    return bytes
  }

  private var describedDialect: FixedWidthDialect {
    FixedWidthDialect(
      fields: [.init(start: 1, length: 2), .init(start: 3, length: 3)], content: .raw, framing: .described)
  }

  @Test func `records end where their descriptor words say, whatever bytes they hold`() throws {
    let bytes = described([Array("ab\n\r\u{15}".utf8), Array("cd".utf8), [], Array("efghi, and on".utf8)])
    for blockSize in 1...bytes.count {
      let result = try read(bytes, describedDialect, blockSize: blockSize)
      #expect(result.table == [["ab", "\n\r\u{15}"], ["cd"], [""], ["ef", "ghi"]])
      #expect(result.faults.isEmpty)
      #expect(result.records.map(\.byteOffset) == [0, 9, 15, 19], "a record begins with its word")
      #expect(result.records.flatMap(\.raw) == bytes, "what is written again is what came")
    }
  }

  @Test func `a record that the input ends within is told by what its word says`() throws {
    let bytes = Array(described([Array("abcde".utf8), Array("fghij".utf8)]).dropLast(3))
    for blockSize in 1...bytes.count {
      let result = try read(bytes, describedDialect, blockSize: blockSize)
      #expect(result.table == [["ab", "cde"], ["fg"]])
      #expect(
        result.faults == [
          ReadFault(kind: .truncatedRecord(length: 2, expected: 5), number: 2, field: nil, line: 2, byteOffset: 9)
        ])
    }
  }

  @Test(arguments: [
    ([0x00, 0x03, 0, 0], RecordDescriptorFault.unknown), ([0x00, 0x09, 0, 1], .unknown),
    ([0x00, 0x09, 4, 0], .unknown),
    ([0x00, 0x09, 1, 0], .spanned), ([0x00, 0x09, 3, 0], .spanned), ([0x00, 0x0A], .cut),
    ([0x00, 0x0D, 0, 0, 0x00, 0x09, 0, 0, 0x61, 0x62, 0x63, 0x64, 0x65], .block),
  ])
  func `where no descriptor word stands nothing is guessed, and what was before it is there`(
    tail: [UInt8], fault: RecordDescriptorFault
  ) throws {
    let bytes = described([Array("abcde".utf8), Array("fgh".utf8)]) + tail
    for blockSize in 1...bytes.count {
      var reader = FixedWidthReader(
        source: ByteSource(bytes: bytes, name: "v"), dialect: describedDialect, options: .init(blockSize: blockSize))
      var batch = RecordBatch()
      var result = ReadResult()
      let error = #expect(throws: InputError.self) {
        while true {
          let more: Bool
          do throws(InputError) { more = try reader.next(into: &batch) } catch {
            result.add(batch)
            throw error
          }
          guard more else { return }
          result.add(batch)
        }
      }
      guard case .damaged("v", .recordDescriptor(fault, byteOffset: 16)) = error else {
        Issue.record("\(String(describing: error)) in blocks of \(blockSize)")
        return
      }
      #expect(result.table == [["ab", "cde"], ["fg", "h"]])
    }
  }

  @Test func `random described records are cut like the plain reference cuts them`() throws {
    let seed = UInt64.random(in: 0 ..< .max)
    print("seed \(seed)")
    var random = SeededRandom(seed: seed)
    for _ in 0..<300 {
      let records = (0..<Int.random(in: 0...6, using: &random)).map { _ in
        (0..<Int.random(in: 0...12, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      }
      var bytes = described(records)
      if let last = records.last, Bool.random(using: &random) {
        bytes.removeLast(Int.random(in: 0...last.count, using: &random))
      }
      let length = Int.random(in: 1...12, using: &random)
      let fields = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        FixedWidthField(start: Int.random(in: 1...12, using: &random), length: Int.random(in: 1...6, using: &random))
      }
      let dialect = FixedWidthDialect(
        fields: fields, content: .raw, framing: .described, lengths: random.pick([nil, length...length]),
        hasHeading: Bool.random(using: &random))
      let expected = ReferenceFixedWidth(input: bytes, dialect: dialect, limit: 1 << 20).parse()
      for blockSize in [1, Int.random(in: 2...40, using: &random), 1000] {
        #expect(try read(bytes, dialect, blockSize: blockSize) == expected, "seed \(seed)")
      }
    }
  }

  @Test func `a line without end is passed over in bounded memory`() throws {
    var sent = 0
    let source = ByteSource(name: "endless") { (buffer) throws(InputError) in
      buffer.initializeMemory(as: UInt8.self, repeating: UInt8(ascii: "x"))
      sent += buffer.count
      guard sent > 64 << 20 else { return buffer.count }
      buffer.copyBytes(from: Array("\nab\n".utf8))
      return 4
    }
    var reader = FixedWidthReader(source: source, dialect: FixedWidthDialect(fields: [.init(start: 1, length: 2)]))
    var batch = RecordBatch()
    var result = ReadResult()
    while try reader.next(into: &batch) {
      result.add(batch)
      #expect(batch.rawCount <= 3 << 20)
    }
    #expect(result.records.map(\.fields) == [[], [Array("ab".utf8)]])
    #expect(result.faults.map(\.kind) == [.recordTooLong(limit: 1 << 20)])
  }

  @Test(arguments: [1, 2, 3])
  func `random bytes are cut like the plain reference cuts them, wherever the input is cut`(worker: UInt64) throws {
    let seed = UInt64.random(in: 0 ..< .max) &+ worker
    print("seed \(seed)")
    var random = SeededRandom(seed: seed)
    let alphabet: [[UInt8]] = [
      Array("a".utf8), Array("bcd".utf8), [10], [10], [13], [13, 10], [0], [0x15], [0x25], [0xC3, 0xA9],
      [0xF0, 0x9F, 0x98, 0x80],
      [0xA9], [0xEF, 0xBB, 0xBF], Array("0123456789".utf8),
    ]
    for round in 0..<300 {
      let input = random.text(alphabet: alphabet, upTo: [8, 40, 150][round % 3])
      let dialect = randomDialect(&random)
      let limit = [1 << 20, Int.random(in: 1...60, using: &random)][round % 2]
      let expected = ReferenceFixedWidth(input: input, dialect: dialect, limit: limit).parse()
      for blockSize in [1, Int.random(in: 2...80, using: &random), 1000] {
        let found = try read(input, dialect, blockSize: blockSize, limit: limit)
        guard found == expected else {
          Issue.record(
            """
            seed \(seed) round \(round) block \(blockSize) limit \(limit) \(dialect)
            input \(input)
            expected \(expected)
            found    \(found)
            """)
          return
        }
      }
    }
  }

  private func randomDialect(_ random: inout SeededRandom) -> FixedWidthDialect {
    let isText = Bool.random(using: &random)
    let lineEnd: FixedWidthDialect.LineEnd = Int.random(in: 0..<3, using: &random) == 0 ? .ebcdic : .text
    let length = Int.random(in: 1...12, using: &random)
    let framings: [FixedWidthDialect.Framing] = [.lines(lineEnd), .measured(length, lineEnd), .blocks(length)]
    let framing = framings[Int.random(in: 0..<3, using: &random)]
    let isLines = framing == .lines(lineEnd)
    let fields = (0..<Int.random(in: 1...5, using: &random)).map { _ in
      FixedWidthField(start: Int.random(in: 1...12, using: &random), length: Int.random(in: 1...6, using: &random))
    }
    let extent = fields.map { $0.start + $0.length - 1 }.max() ?? 1
    return FixedWidthDialect(
      fields: fields, unit: isText && Bool.random(using: &random) ? .characters : .bytes,
      content: isText ? .text : .raw, framing: framing,
      lengths: isLines ? random.pick([nil, length...length + 3, 0...2 * extent - 1]) : nil,
      skippedLines: framing == .blocks(length) ? 0 : max(0, Int.random(in: -4...2, using: &random)),
      hasHeading: Bool.random(using: &random))
  }

  private func read(_ text: String, _ dialect: FixedWidthDialect) throws -> ReadResult {
    let whole = try read(Array(text.utf8), dialect)
    for blockSize in 1...text.utf8.count { #expect(try read(Array(text.utf8), dialect, blockSize: blockSize) == whole) }
    return whole
  }

  private func read(
    _ bytes: [UInt8], _ dialect: FixedWidthDialect, blockSize: Int = 1 << 20, limit: Int = 1 << 20
  ) throws -> ReadResult {
    var reader = FixedWidthReader(
      source: ByteSource(bytes: bytes), dialect: dialect,
      options: .init(blockSize: blockSize, maximumRecordBytes: limit))
    var batch = RecordBatch()
    var result = ReadResult()
    while try reader.next(into: &batch) { result.add(batch) }
    return result
  }
}
