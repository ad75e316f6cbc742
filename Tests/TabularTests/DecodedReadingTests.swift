import SeededRandoms
import Testing

@testable import Tabular

/// Records of text that is decoded: their places, and those of their faults, are those of the source.
@Suite struct DecodedReadingTests {
  @Test(arguments: ["windows-1252", "IBM037", "UTF-16LE", "UTF-16BE", "UTF-32LE", "SHIFT_JIS"])
  func `a record stands where its bytes stand in the source`(name: String) throws {
    let lines = (0..<400).map { name == "SHIFT_JIS" ? "あ\($0),\"b\"\"c\"\n" : "é\($0)ü,\"b\"\"c\"\n" }
    let source = encode(lines.joined(), name)
    var places: [Int64] = []
    var place: Int64 = 0
    for line in lines {
      places.append(place)
      place += Int64(encode(line, name).count)
    }
    for blockSize in [64, 1000, 20_000] {
      let result = try readDecoded(source, name, blockSize: blockSize)
      #expect(result.records.map(\.byteOffset) == places, "blocks of \(blockSize)")
      #expect(result.records.map { $0.texts[1] } == lines.map { _ in "b\"c" })
    }
  }

  @Test func `a byte that doesn't convert is a fault of its field, with its line and its place in the source`() throws {
    // a;\x81b LF c;"d LF \x8D\x8D"
    let source: [UInt8] = [0x61, 0x3B, 0xE4, 0x81, 0x0A, 0x63, 0x3B, 0x22, 0x64, 0x0A, 0x8D, 0x8D, 0x22, 0x0A]
    for blockSize in 1...16 {
      let result = try readDecoded(source, "windows-1252", blockSize: blockSize, delimiter: ";")
      #expect(result.table == [["a", "ä\u{FFFD}"], ["c", "d\n\u{FFFD}\u{FFFD}"]])
      #expect(
        result.faults == [
          ReadFault(kind: .undecodable, number: 1, field: 1, line: 1, byteOffset: 3),
          ReadFault(kind: .undecodable, number: 2, field: 1, line: 3, byteOffset: 10),
        ])
    }
  }

  @Test func `an odd byte at the end of UTF-16 is a fault of the last record`() throws {
    let source = encode("a,b\nc,d", "UTF-16LE") + [0x65]
    for blockSize in 1...16 {
      let result = try readDecoded(source, "UTF-16LE", blockSize: blockSize)
      #expect(result.table == [["a", "b"], ["c", "d\u{FFFD}"]])
      #expect(result.faults == [ReadFault(kind: .cutCharacter, number: 2, field: 1, line: 2, byteOffset: 14)])
    }
  }

  @Test(arguments: ["UTF-8", "UTF-16LE", "UTF-16", "UTF-32BE"])
  func `the first byte order mark is passed over, a second one is a fault`(name: String) throws {
    let marked = name == "UTF-16" ? "UTF-16LE" : name
    let source = encode("\u{FEFF}\u{FEFF}a,b\nc\n\u{FEFF}d\n", marked)
    let result = try readDecoded(source, name, blockSize: 5)
    #expect(result.table == [["\u{FEFF}a", "b"], ["c"], ["\u{FEFF}d"]])
    #expect(result.faults.map(\.kind) == [.byteOrderMark, .byteOrderMark])
    let width = Int64(encode("\u{FEFF}", marked).count)
    #expect(result.faults[0].byteOffset == width)
    #expect(result.faults[1].line == 3)
  }

  @Test(arguments: ["\n", "\r", "\r\n"])
  func `a place in several bytes a character is that of its line, however long that is`(lineEnd: String) throws {
    let long = String(repeating: "あ", count: 12_000)
    let source = encode("あ,b\(lineEnd)\(long)\0,c\(lineEnd)\(long)\0,d", "SHIFT_JIS")
    let secondLine = encode("あ,b\(lineEnd)", "SHIFT_JIS").count
    let thirdLine = encode("あ,b\(lineEnd)\(long)\0,c\(lineEnd)", "SHIFT_JIS").count
    for blockSize in [100, 5000, 1 << 20] {
      let result = try readDecoded(source, "SHIFT_JIS", blockSize: blockSize)
      #expect(result.faults.map(\.byteOffset) == [Int64(secondLine), Int64(thirdLine)])
    }
  }

  @Test func `NUL bytes in UTF-16 are found in the source`() throws {
    let source = encode("😀,é\0\n", "UTF-16LE")
    let result = try readDecoded(source, "UTF-16LE", blockSize: 3)
    #expect(result.faults == [ReadFault(kind: .nulByte, number: 1, field: 1, line: 1, byteOffset: 8)])
  }

  @Test func `random bytes in any encoding are read alike whatever the blocks`() throws {
    let seed = UInt64.random(in: 0 ..< .max)
    print("seed \(seed)")
    var random = SeededRandom(seed: seed)
    for round in 0..<120 {
      let name = ["windows-1252", "UTF-16LE", "UTF-16BE", "SHIFT_JIS", "IBM037", "UTF-32LE"][round % 6]
      let bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in
        Bool.random(using: &random)
          ? UInt8.random(in: 0...255, using: &random) : [0, 10, 44, 34, 0x61, 0x81].randomElement(using: &random) ?? 0
      }
      guard bytes.withUnsafeBufferPointer({ ByteOrderMark($0) }) == nil else { continue }
      let whole = try readDecoded(bytes, name, blockSize: 1 << 16)
      for blockSize in [1, 2, 3, 7, 64] {
        #expect(try readDecoded(bytes, name, blockSize: blockSize) == whole, "seed \(seed) round \(round) \(name)")
      }
    }
  }

  @Test(.timeLimit(.minutes(1))) func `a record of bytes alone that don't convert is gone through once`() throws {
    // The second half of a pair of which there is no first one.
    let source = Array(repeating: [0x00, 0xDC, 0x2C, 0x00] as [UInt8], count: 100_000).flatMap(\.self)
    let faults = try readDecoded(source, "UTF-16LE", blockSize: 1 << 18).faults
    #expect(faults.map(\.field) == Array(0..<100_000))
    #expect(faults.allSatisfy { $0.kind == .undecodable && $0.line == 1 && $0.byteOffset % 4 == 0 })
  }

  private func readDecoded(
    _ bytes: [UInt8], _ encoding: String, blockSize: Int, delimiter: String = ","
  ) throws -> ReadResult {
    var reader = CSVReader(
      source: ByteSource(bytes: bytes), dialect: Dialect(delimiter: Array(delimiter.utf8)[0], hasHeading: false),
      encoding: try TextEncoding(named: encoding), options: .init(blockSize: blockSize))
    var batch = RecordBatch()
    var result = ReadResult()
    while try reader.next(into: &batch) { result.add(batch) }
    return result
  }
}
