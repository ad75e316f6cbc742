import SeededRandoms
import Testing

@testable import Tabular

@Suite struct TextEncodingTests {
  /// Encoding, text, and the bytes that it has there.
  private static let table: [(String, String, [UInt8])] = [
    ("windows-1252", "Fällig;€5\n", [0x46, 0xE4, 0x6C, 0x6C, 0x69, 0x67, 0x3B, 0x80, 0x35, 0x0A]),
    ("WINDOWS-1252", "é", [0xE9]),
    ("ISO-8859-15", "€ž\n", [0xA4, 0xB8, 0x0A]),
    ("ISO-8859-1", "ÿ¤", [0xFF, 0xA4]),
    ("IBM037", "Ab1,\u{A2}", [0xC1, 0x82, 0xF1, 0x6B, 0x4A]),
    ("IBM500", "Ab1,[", [0xC1, 0x82, 0xF1, 0x6B, 0x4A]),
    ("IBM1140", "Ab1€", [0xC1, 0x82, 0xF1, 0x9F]),
    ("UTF-16LE", "a€😀", [0x61, 0, 0xAC, 0x20, 0x3D, 0xD8, 0x00, 0xDE]),
    ("UTF-16BE", "a€😀", [0, 0x61, 0x20, 0xAC, 0xD8, 0x3D, 0xDE, 0x00]),
    ("UTF-32LE", "a😀", [0x61, 0, 0, 0, 0x00, 0xF6, 0x01, 0x00]),
    ("UTF-32BE", "a😀", [0, 0, 0, 0x61, 0x00, 0x01, 0xF6, 0x00]),
    ("SHIFT_JIS", "aあb", [0x61, 0x82, 0xA0, 0x62]),
    ("GB18030", "a中b", [0x61, 0xD6, 0xD0, 0x62]),
    ("EUC-KR", "가", [0xB0, 0xA1]),
    ("ISO-2022-JP", "aあb", [0x61, 0x1B, 0x24, 0x42, 0x24, 0x22, 0x1B, 0x28, 0x42, 0x62]),
    ("UTF-8", "aé", [0x61, 0xC3, 0xA9]),
  ]

  @Test(arguments: table.indices)
  func `text comes out as UTF-8, wherever the reading is cut`(index: Int) throws {
    let (name, text, bytes) = Self.table[index]
    let encoding = try TextEncoding(named: name)
    for size in 1...bytes.count + 1 {
      let decoded = try decode(bytes, encoding, blockSize: size)
      #expect(decoded.text == text, "\(name) in blocks of \(size)")
      #expect(decoded.faults.isEmpty)
    }
  }

  @Test(arguments: ["UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"])
  func `a byte order mark tells UTF-16 and UTF-32, and stays at the front of the text`(name: String) throws {
    let bytes = encode("\u{FEFF}é😀\n", name)
    for stated in [name, String(name.prefix(6)), "UTF-8"] {
      #expect(try decode(bytes, TextEncoding(named: stated), blockSize: 3).text == "\u{FEFF}é😀\n")
    }
  }

  @Test func `only encodings that iconv has can be named, and not UTF-7`() {
    for name in ["", "nonsense", "UTF-8//IGNORE", "windows-1252//TRANSLIT", "a\0b", "UTF-7", "utf7"] {
      #expect(throws: TextEncodingError.unknown(name: name)) { try TextEncoding(named: name) }
    }
  }

  @Test func `code pages of one byte are known from those of several`() throws {
    for name in ["windows-1252", "ISO-8859-15", "IBM037", "IBM500", "IBM1140", "KOI8-R", "CP437", "ASCII"] {
      #expect(try TextEncoding(named: name).singleByteTable != nil, "\(name)")
    }
    for name in ["SHIFT_JIS", "GB18030", "BIG5", "ISO-2022-JP", "CP1258", "IBM939", "UTF-8", "UCS-2"] {
      #expect(try TextEncoding(named: name).singleByteTable == nil, "\(name)")
    }
  }

  @Test func `without a byte order the order must be marked`() throws {
    let encoding = try TextEncoding(named: "UTF-16")
    #expect(throws: InputError.damaged(name: "memory", .byteOrderUnknown(encoding: "UTF-16"))) {
      try decode([0x61, 0, 0x62, 0], encoding, blockSize: 10)
    }
  }

  @Test(
    arguments: [
      ("UTF-16LE", [0xFE, 0xFF, 0, 0x61], "UTF-16BE"), ("UTF-16BE", [0xEF, 0xBB, 0xBF], "UTF-8"),
      ("windows-1252", [0xEF, 0xBB, 0xBF, 0x61], "UTF-8"), ("ISO-8859-1", [0xFF, 0xFE, 0x61, 0], "UTF-16LE"),
      ("UTF-32", [0xFF, 0xFE, 0x61, 0], "UTF-16LE"), ("UTF-32BE", [0xFF, 0xFE, 0, 0], "UTF-32LE"),
    ] as [(String, [UInt8], String)])
  func `the mark of another encoding is the file's damage`(stated: String, bytes: [UInt8], found: String) throws {
    let encoding = try TextEncoding(named: stated)
    #expect(throws: InputError.damaged(name: "memory", .byteOrderMark(of: found, stated: stated))) {
      try decode(bytes, encoding, blockSize: 10)
    }
  }

  @Test(
    arguments: [
      ("windows-1252", [0x61, 0x81, 0x62], "a\u{FFFD}b", [1]),
      ("UTF-16LE", [0x61, 0, 0x00, 0xDC, 0x62, 0], "a\u{FFFD}b", [2]),
      ("UTF-16BE", [0xD8, 0x3D, 0, 0x62], "\u{FFFD}b", [0]),
      ("UTF-16LE", [0x61, 0, 0x62], "a\u{FFFD}", [2]),
      ("UTF-16LE", [0x61, 0, 0x3D, 0xD8], "a\u{FFFD}", [2]),
      ("UTF-32LE", [0, 0, 0x11, 0, 0x61, 0, 0, 0], "\u{FFFD}a", [0]),
      ("SHIFT_JIS", [0x61, 0x82, 0x2C, 0x62], "a\u{FFFD},b", [1]),
      ("SHIFT_JIS", [0x61, 0x82], "a\u{FFFD}", [1]),
      ("ASCII", [0x61, 0xC3, 0xA9], "a\u{FFFD}\u{FFFD}", [1, 2]),
    ] as [(String, [UInt8], String, [Int64])])
  func `what can't be decoded is replaced and its place kept`(
    name: String, bytes: [UInt8], text: String, places: [Int64]
  ) throws {
    for size in 1...5 {
      let decoded = try decode(bytes, TextEncoding(named: name), blockSize: size)
      #expect(decoded.text == text, "\(name) in blocks of \(size)")
      #expect(decoded.faults.map(\.source) == places)
    }
  }

  @Test func `a long text in any encoding is the same as in one piece`() throws {
    var random = SeededRandom(seed: .random(in: 0 ..< .max))
    for name in ["windows-1252", "IBM037", "UTF-16LE", "UTF-32BE", "SHIFT_JIS"] {
      let alphabet = name == "SHIFT_JIS" ? ["a", ",", "\n", "あ", "漢"] : ["a", ",", "\n", "é", "ü", "longer text"]
      let text = (0..<30_000).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] }.joined()
      let decoded = try decode(encode(text, name), TextEncoding(named: name), blockSize: 7777)
      #expect(decoded.text == text && decoded.faults.isEmpty, "\(name)")
    }
  }

  private func decode(
    _ bytes: [UInt8], _ encoding: TextEncoding, blockSize: Int
  ) throws -> (text: String, faults: [DecodingFault]) {
    let source = TextSource(ByteSource(bytes: bytes), encoding)
    var text: [UInt8] = []
    var block = [UInt8](repeating: 0, count: blockSize)
    while true {
      let count = try block.withUnsafeMutableBytes { (room) throws(InputError) in try source.read(into: room) }
      text += block.prefix(count)
      if count < blockSize { return (String(decoding: text, as: UTF8.self), source.faults) }
    }
  }
}
