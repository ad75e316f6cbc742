import Testing

@testable import Tabular

@Suite struct SingleByteTableTests {
  @Test(arguments: ["windows-1252", "ISO-8859-15", "IBM037", "IBM500", "IBM1140", "KOI8-R", "CP437"])
  func `every byte is decoded as iconv decodes it, at any place`(name: String) throws {
    let table = try #require(try TextEncoding(named: name).singleByteTable)
    for byte in UInt8.min...UInt8.max {
      for length in [1, 7, 8, 9, 20] {
        for place in [0, length / 2, length - 1] {
          var bytes = try #require(table.encode(String(repeating: "a", count: length)))
          bytes[place] = byte
          var text: [UInt8] = []
          let undefined = bytes.withUnsafeBufferPointer { table.append($0, to: &text) }
          #expect(undefined == (table.isDefined(byte) ? nil : place))
          if byte == 0x15, !table.isASCIICompatible {
            // NEL, which ends lines in EBCDIC, is read as the LF that it stands for.
            #expect(text[place] == UInt8(ascii: "\n") && text.count == length)
          } else if table.isDefined(byte) {
            #expect(encode(String(decoding: text, as: UTF8.self), name) == bytes)
          } else {
            #expect(String(decoding: text, as: UTF8.self).unicodeScalars.contains("\u{FFFD}"))
          }
        }
      }
    }
  }

  @Test func `windows-1252 has five bytes that stand for nothing`() throws {
    let table = try #require(try TextEncoding(named: "windows-1252").singleByteTable)
    #expect((UInt8.min...UInt8.max).filter { !table.isDefined($0) } == [0x81, 0x8D, 0x8F, 0x90, 0x9D])
    #expect(table.isASCIICompatible)
  }

  @Test func `constants are written in the code page, or can't be`() throws {
    let table = try #require(try TextEncoding(named: "IBM037").singleByteTable)
    #expect(table.encode("HDR1") == [0xC8, 0xC4, 0xD9, 0xF1])
    #expect(table.encode("€") == nil)
    #expect(table.encode("😀") == nil)
    #expect(table.encode("") == [])
    #expect(!table.isASCIICompatible)
  }

  @Test func `text is added behind what is there`() throws {
    let table = try #require(try TextEncoding(named: "IBM1140").singleByteTable)
    var text = Array("x".utf8)
    #expect([0xC1, 0x9F].withUnsafeBufferPointer { table.append($0, to: &text) } == nil)
    #expect([UInt8]().withUnsafeBufferPointer { table.append($0, to: &text) } == nil)
    #expect(String(decoding: text, as: UTF8.self) == "xA€")
  }
}
