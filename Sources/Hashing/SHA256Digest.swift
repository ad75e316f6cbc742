/// A SHA-256 digest (FIPS 180-4): 32 bytes, held as four big-endian words.
package struct SHA256Digest: Hashable, Sendable {
  /// The bytes of a digest.
  package static let byteCount = 32

  /// Most significant first.
  let words: (UInt64, UInt64, UInt64, UInt64)

  /// A digest from exactly 32 bytes; `nil` for any other count.
  package init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    var parts: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    for (index, byte) in bytes.enumerated() {
      switch index >> 3 {
      case 0: parts.0 = parts.0 << 8 | UInt64(byte)
      case 1: parts.1 = parts.1 << 8 | UInt64(byte)
      case 2: parts.2 = parts.2 << 8 | UInt64(byte)
      default: parts.3 = parts.3 << 8 | UInt64(byte)
      }
    }
    words = parts
  }

  /// A digest from exactly 32 bytes of memory, which need no alignment; traps on any other count.
  package init(raw bytes: UnsafeRawBufferPointer) {
    precondition(bytes.count == Self.byteCount, "a SHA-256 digest has 32 bytes")
    func word(_ offset: Int) -> UInt64 {
      UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
    words = (word(0), word(8), word(16), word(24))
  }

  /// A digest from 64 hexadecimal digits of either case; `nil` for anything else.
  package init?(hex: some StringProtocol) {
    let digits = Array(hex.utf8)
    guard digits.count == 64 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.byteCount)
    for index in stride(from: 0, to: 64, by: 2) {
      guard let high = Self.nibble(digits[index]), let low = Self.nibble(digits[index + 1]) else { return nil }
      bytes.append(high << 4 | low)
    }
    self.init(bytes)
  }

  /// The 32 bytes, most significant first.
  package var bytes: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: Self.byteCount) { buffer, count in
      write(into: UnsafeMutableRawBufferPointer(buffer))
      count = Self.byteCount
    }
  }

  /// Writes the 32 bytes, most significant first, to the start of `memory`, which needs no alignment; traps if it is
  /// shorter.
  package func write(into memory: UnsafeMutableRawBufferPointer) {
    precondition(memory.count >= Self.byteCount, "a SHA-256 digest needs 32 bytes")
    memory.storeBytes(of: words.0.bigEndian, toByteOffset: 0, as: UInt64.self)
    memory.storeBytes(of: words.1.bigEndian, toByteOffset: 8, as: UInt64.self)
    memory.storeBytes(of: words.2.bigEndian, toByteOffset: 16, as: UInt64.self)
    memory.storeBytes(of: words.3.bigEndian, toByteOffset: 24, as: UInt64.self)
  }

  /// The first 8 bytes as a number.
  package var beginning: UInt64 { words.0 }

  /// 64 lower-case hexadecimal digits.
  package var hex: String { Hexadecimal.string(bytes) }

  /// The first 12 hexadecimal digits: what people read and type.
  package var short: String { String(hex.prefix(12)) }

  package static func == (left: Self, right: Self) -> Bool { left.words == right.words }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.1)
  }

  private static func nibble(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
