import SeededRandoms
import Testing

@testable import Tabular

@Suite struct BinaryContentTests {
  @Test(
    arguments: [
      ([0x1F, 0x8B, 8, 0], .gzip), (Array("PK\u{3}\u{4}____data.csv".utf8), .zip),
      (Array("PK\u{3}\u{4}____[Content_Types].xml".utf8), .workbook), (Array("%PDF-1.7".utf8), .pdf),
      ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], .compoundFile), ([0x7F, 0x45, 0x4C, 0x46], .elf),
      ([0xFF, 0xFE, 0x61, 0], .utf16), ([0xFF, 0xFE, 0, 0], .utf32), ([0x61, 0, 0x2C, 0, 0x62, 0, 0x0A, 0], .utf16),
      ([0, 0, 0, 0, 0, 0, 0, 0], .unknown), (Array("BZh91AY&SY".utf8), .bzip2),
    ] as [([UInt8], BinaryContent)])
  func `what is no text is named`(bytes: [UInt8], content: BinaryContent) {
    #expect(bytes.withUnsafeBytes { BinaryContent.sniff($0) } == content)
  }

  @Test(arguments: ["", "a,b\n1,2\n", "a\u{0}b,c\n", "BZhang,Gifts\n", "\u{FEFF}Zoë\tx\r\n", "\u{1A}"])
  func `what may be text is not`(text: String) {
    #expect(Array(text.utf8).withUnsafeBytes { BinaryContent.sniff($0) } == nil)
  }

  @Test func `random bytes are binary`() {
    for _ in 0..<100 {
      var random = SeededRandom(seed: .random(in: 0 ..< .max))
      let bytes = (0..<4096).map { _ in UInt8.random(in: 0...255, using: &random) }
      #expect(bytes.withUnsafeBytes { BinaryContent.sniff($0) } != nil)
    }
  }
}
