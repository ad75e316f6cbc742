/// What an input is when it is no text: for the message about the file as a whole.
package enum BinaryContent: String, Hashable, Sendable {
  case gzip, zstd, bzip2, xz, sevenZip, zip
  /// A zip that holds an Office workbook (`.xlsx`).
  case workbook
  /// The compound file of old Office programs (`.xls`).
  case compoundFile
  case pdf, png, jpeg, gif, elf, sqlite
  /// UTF-16 or UTF-32, by its byte order mark or because every other byte is NUL.
  case utf16, utf32
  /// Nothing known, but full of control bytes.
  case unknown

  /// How many bytes are looked at.
  package static let sampleBytes = 64 * 1024

  /// Looks at the first bytes of an input, at most `sampleBytes` of them.
  ///
  /// - Returns: `nil` for what may be text. A NUL here and there doesn't make a text binary: it is found by its record.
  package static func sniff(_ bytes: UnsafeRawBufferPointer) -> BinaryContent? {
    let sample = UnsafeRawBufferPointer(rebasing: bytes.prefix(sampleBytes))
    return byMagic(sample) ?? byControls(sample)
  }

  private static let magics: [(BinaryContent, [UInt8])] = [
    (.utf32, [0xFF, 0xFE, 0x00, 0x00]), (.utf32, [0x00, 0x00, 0xFE, 0xFF]),
    (.utf16, [0xFF, 0xFE]), (.utf16, [0xFE, 0xFF]),
    (.gzip, [0x1F, 0x8B]), (.zstd, [0x28, 0xB5, 0x2F, 0xFD]), (.bzip2, Array("BZh91AY&SY".utf8)),
    (.xz, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]), (.sevenZip, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]),
    (.compoundFile, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]), (.pdf, Array("%PDF-".utf8)),
    (.png, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]), (.jpeg, [0xFF, 0xD8, 0xFF]),
    (.gif, Array("GIF8".utf8)), (.elf, [0x7F, 0x45, 0x4C, 0x46]), (.sqlite, Array("SQLite format 3\0".utf8)),
  ]

  private static func byMagic(_ sample: UnsafeRawBufferPointer) -> BinaryContent? {
    if sample.starts(with: [0x50, 0x4B, 0x03, 0x04]) || sample.starts(with: [0x50, 0x4B, 0x05, 0x06]) {
      return holds(sample.prefix(4096), Array("[Content_Types].xml".utf8))
        || holds(sample.prefix(4096), Array("xl/".utf8))
        ? .workbook : .zip
    }
    return magics.first { sample.starts(with: $0.1) }?.0
  }

  private static func holds(_ sample: Slice<UnsafeRawBufferPointer>, _ text: [UInt8]) -> Bool {
    guard sample.count >= text.count else { return false }
    return (0...sample.count - text.count).contains { sample.dropFirst($0).starts(with: text) }
  }

  /// At least 4 control bytes, and one in 20 of all: random bytes have one in 10, text has none.
  private static func byControls(_ sample: UnsafeRawBufferPointer) -> BinaryContent? {
    var controls = 0
    var nulls = (even: 0, odd: 0)
    for (index, byte) in sample.enumerated() where byte < 0x20 || byte == 0x7F {
      switch byte {
      case 0x09...0x0D: continue
      case 0 where index % 2 == 0: nulls.even += 1
      case 0: nulls.odd += 1
      default: break
      }
      controls += 1
    }
    guard controls >= 4, controls * 20 >= sample.count else { return nil }
    let most = max(nulls.even, nulls.odd)
    return most * 3 >= sample.count && min(nulls.even, nulls.odd) * 20 <= most ? .utf16 : .unknown
  }
}
