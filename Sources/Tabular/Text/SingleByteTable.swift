/// What each byte of a code page stands for, where one byte is one character: windows-1252, ISO 8859, EBCDIC.
///
/// For text that is decoded as it streams, and for the text fields of records that hold binary fields too, which have to
/// be cut before anything is decoded.
package struct SingleByteTable: Hashable, Sendable {
  /// UTF-8 in the low three bytes, first byte lowest; above them the number of bytes, and `undefined`.
  private let entries: [UInt32]
  /// Whether the bytes below 0x80 are ASCII.
  package let isASCIICompatible: Bool
  /// Whether both NEL and LF are read as LF.
  let hasNextLine: Bool
  /// The bytes of EBCDIC that end lines.
  static let nextLineByte: UInt8 = 0x15
  static let lineFeedByte: UInt8 = 0x25
  /// In an entry: the byte stands for nothing, and is decoded as U+FFFD.
  private static let undefined: UInt32 = 1 << 31

  /// U+0085.
  private static let nextLine: UInt32 = 0x85C2 | 2 << 24

  /// How much `decode` wrote.
  package struct Decoded: Hashable, Sendable {
    /// How many bytes.
    package var count: Int
    /// Whether some byte stood for nothing and was replaced.
    package var hasUndefined: Bool
  }

  /// Asks a conversion for every byte; `nil` where the encoding isn't of this kind.
  init?(_ converter: Iconv) {
    var entries: [UInt32] = []
    for byte in UInt8.min...UInt8.max {
      guard let entry = Self.entry(byte, converter) else { return nil }
      entries.append(entry)
    }
    isASCIICompatible = (0..<0x80).allSatisfy { entries[$0] == UInt32($0) | 1 << 24 }
    // EBCDIC ends lines with NEL, which is U+0085 in Unicode; the rest of this program knows them by their LF.
    hasNextLine = !isASCIICompatible && entries[Int(Self.nextLineByte)] == Self.nextLine
    if hasNextLine { entries[Int(Self.nextLineByte)] = UInt32(UInt8(ascii: "\n")) | 1 << 24 }
    self.entries = entries
  }

  private static func entry(_ byte: UInt8, _ converter: Iconv) -> UInt32? {
    var room = [UInt8](repeating: 0, count: 16)
    let step = [byte].withUnsafeBufferPointer { byte in
      room.withUnsafeMutableBufferPointer { converter.convert(byte, into: $0) }
    }
    var rest = [UInt8](repeating: 0, count: 16)
    let held = rest.withUnsafeMutableBufferPointer { converter.finish(into: $0) }
    if step.stop == .invalid { return 0xBD_BFEF | 3 << 24 | undefined }
    let text = room.prefix(step.produced)
    let leads = text.count { $0 & 0xC0 != 0x80 }
    guard step.stop == .done, held == 0, leads == 1, text.count <= 3 else { return nil }
    return text.reversed().reduce(0) { $0 << 8 | UInt32($1) } | UInt32(text.count) << 24
  }

  /// The most bytes that `decode` writes for so many: also room that it may write into beyond what it counts.
  package static func room(for count: Int) -> Int { count * 3 + 4 }

  /// Writes the bytes' text as UTF-8; bytes that stand for nothing become U+FFFD.
  ///
  /// - Parameter target: at least `room(for: bytes.count)` bytes.
  package func decode(_ bytes: UnsafeBufferPointer<UInt8>, into target: UnsafeMutablePointer<UInt8>) -> Decoded {
    let raw = UnsafeRawBufferPointer(bytes)
    return entries.withUnsafeBufferPointer { entries in
      var place = UnsafeMutableRawPointer(target)
      var seen: UInt32 = 0
      var index = 0
      while index < raw.count {
        if isASCIICompatible { index = Self.copyASCII(raw, from: index, to: &place) }
        for byte in raw[index..<min(index + 8, raw.count)] {
          let entry = entries[Int(byte)]
          place.storeBytes(of: entry, as: UInt32.self)
          place += Int(entry >> 24 & 3)
          seen |= entry
        }
        index = min(index + 8, raw.count)
      }
      return Decoded(count: place - UnsafeMutableRawPointer(target), hasUndefined: seen & Self.undefined != 0)
    }
  }

  /// Copies ASCII eight bytes at a time.
  ///
  /// - Returns: where the first eight bytes begin that aren't all ASCII, or aren't all there.
  @inline(__always)
  private static func copyASCII(
    _ bytes: UnsafeRawBufferPointer, from start: Int, to place: inout UnsafeMutableRawPointer
  ) -> Int {
    var index = start
    while index + 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      guard word & 0x8080_8080_8080_8080 == 0 else { break }
      place.storeBytes(of: word, as: UInt64.self)
      place += 8
      index += 8
    }
    return index
  }

  /// Adds the bytes' text to `target` as UTF-8.
  ///
  /// - Returns: the first byte that stands for nothing, which became U+FFFD.
  package func append(_ bytes: UnsafeBufferPointer<UInt8>, to target: inout [UInt8]) -> Int? {
    let start = target.count
    target.append(contentsOf: repeatElement(0, count: Self.room(for: bytes.count)))
    let decoded = target.withUnsafeMutableBufferPointer { target in
      target.baseAddress.map { decode(bytes, into: $0 + start) }
    }
    target.removeLast(target.count - start - (decoded?.count ?? 0))
    return decoded?.hasUndefined == true ? bytes.firstIndex { !isDefined($0) } : nil
  }

  /// Whether a byte stands for a character.
  package func isDefined(_ byte: UInt8) -> Bool { entries[Int(byte)] & Self.undefined == 0 }

  /// The ASCII character that a byte stands for; `nil` where it stands for another one, or for none.
  func ascii(for byte: UInt8) -> UInt8? {
    let entry = entries[Int(byte)]
    return entry & 0xFFFF_FF80 == 1 << 24 ? UInt8(truncatingIfNeeded: entry) : nil
  }

  /// The byte that stands for an ASCII character; `nil` where none or several do.
  package func onlyByte(for character: UInt8) -> UInt8? {
    let bytes = (UInt8.min...UInt8.max).filter { ascii(for: $0) == character }
    return bytes.count == 1 ? bytes[0] : nil
  }

  /// How many bytes of UTF-8 a byte becomes.
  func length(of byte: UInt8) -> Int { Int(entries[Int(byte)] >> 24 & 3) }

  /// The bytes of a text in this code page; `nil` where it lacks one of the characters. For constants: slow.
  package func encode(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      let utf8 = Array(String(scalar).utf8)
      guard utf8.count <= 3 else { return nil }
      let entry = utf8.reversed().reduce(0) { $0 << 8 | UInt32($1) } | UInt32(utf8.count) << 24
      guard let byte = entries.firstIndex(of: entry) else { return nil }
      bytes.append(UInt8(byte))
    }
    return bytes
  }
}
