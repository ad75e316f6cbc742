/// A UUID of version 8 (RFC 9562, 5.8): 122 bits of our own choice, here the first of a SHA-256 digest.
package struct UUIDv8: Hashable, Sendable, CustomStringConvertible {
  /// The 16 bytes as two big-endian words.
  private let words: (UInt64, UInt64)

  /// The first 16 bytes of `digest`, with the version (8) and the variant (binary 10) set.
  package init(_ digest: SHA256Digest) {
    words = (
      digest.words.0 & ~0xF000 | 0x8000,
      digest.words.1 & ~(0b11 << 62) | 0b10 << 62
    )
  }

  /// 36 characters: lower-case hexadecimal digits in groups of 8, 4, 4, 4 and 12.
  package var description: String {
    String(unsafeUninitializedCapacity: 36) { text in
      var place = 0
      for digit in 0..<32 {
        if digit == 8 || digit == 12 || digit == 16 || digit == 20 {
          text[place] = UInt8(ascii: "-")
          place += 1
        }
        let word = digit < 16 ? words.0 : words.1
        text[place] = Hexadecimal.digit(UInt8(truncatingIfNeeded: word >> UInt64(60 - digit % 16 * 4)) & 15)
        place += 1
      }
      return 36
    }
  }

  package static func == (left: Self, right: Self) -> Bool { left.words == right.words }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.1)
  }
}
