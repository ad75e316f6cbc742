import Tabular

/// How the bytes of a file of fixed width stand for signs.
struct FileWriting {
  /// The name that a layout has for it.
  let encoding: String
  let isEBCDIC: Bool
  /// The Unicode scalar of each byte, where one byte is one sign; `nil` for UTF-8.
  let scalars: [UInt32]?

  static let utf8 = FileWriting(encoding: "UTF-8", isEBCDIC: false, scalars: nil)

  /// What UTF-16 or UTF-32 is once it was decoded.
  static func wide(_ name: String) -> FileWriting { FileWriting(encoding: name, isEBCDIC: false, scalars: nil) }

  /// An encoding of one byte a sign; `nil` where iconv doesn't know it.
  static func singleByte(_ name: String, isEBCDIC: Bool) -> FileWriting? {
    guard let table = (try? TextEncoding(named: name))?.singleByteTable else { return nil }
    let scalars = (UInt8.min...UInt8.max).map { byte -> UInt32 in
      var text: [UInt8] = []
      let undefined = [byte].withUnsafeBufferPointer { table.append($0, to: &text) }
      return undefined == nil ? String(decoding: text, as: UTF8.self).unicodeScalars.first?.value ?? 0xFFFD : 0xFFFD
    }
    return FileWriting(encoding: name, isEBCDIC: isEBCDIC, scalars: scalars)
  }

  /// Whether bytes are text of EBCDIC, packed numbers between it or not: more of its letters, digits and blanks than of
  /// ASCII's.
  static func looksLikeEBCDIC(_ bytes: some Collection<UInt8>) -> Bool {
    var (foreign, ascii) = (0, 0)
    for byte in bytes {
      switch byte {
      case 0x40, 0x81...0x89, 0x91...0x99, 0xA2...0xA9, 0xC1...0xC9, 0xD1...0xD9, 0xE2...0xE9, 0xF0...0xF9: foreign += 1
      case 0x0A, 0x20, 0x2C...0x3A, 0x41...0x5A, 0x61...0x7A: ascii += 1
      default: break
      }
    }
    return foreign * 10 >= bytes.count * 4 && foreign > 3 * ascii
  }

  /// A record's bytes as Unicode scalars, one a byte where one byte is one sign.
  func signs(of bytes: [UInt8], byCharacters: Bool) -> [UInt32] {
    if let scalars { return bytes.map { scalars[Int($0)] } }
    if byCharacters { return String(decoding: bytes, as: UTF8.self).unicodeScalars.map(\.value) }
    // A byte of a longer character stands for a letter.
    return bytes.map { $0 < 0x80 ? UInt32($0) : 0xE9 }
  }
}
