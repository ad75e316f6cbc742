/// Three upper-case letters, packed into an integer. Whether ISO 4217 knows it is `Currency`'s business.
package struct CurrencyCode: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The three letters, first in the highest of the low 24 bits.
  package let packed: UInt32

  /// A code from three bytes A–Z; `nil` for anything else.
  package init?(_ text: some Sequence<UInt8>) {
    var packed: UInt32 = 0
    var count = 0
    for byte in text {
      guard byte >= UInt8(ascii: "A"), byte <= UInt8(ascii: "Z"), count < 3 else { return nil }
      packed = packed << 8 | UInt32(byte)
      count += 1
    }
    guard count == 3 else { return nil }
    self.packed = packed
  }

  /// A code from three bytes A–Z in memory; `nil` for anything else.
  package init?(_ text: UnsafeBufferPointer<UInt8>) {
    guard text.count == 3 else { return nil }
    let (first, second, third) = (text[0], text[1], text[2])
    guard Self.isLetter(first), Self.isLetter(second), Self.isLetter(third) else { return nil }
    packed = UInt32(first) << 16 | UInt32(second) << 8 | UInt32(third)
  }

  private static func isLetter(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "A") < 26 }

  /// A code from text of three letters A–Z; `nil` for anything else.
  package init?(_ text: String) { self.init(text.utf8) }

  /// The code that `packed` stands for; the caller vouches that it came from `packed`.
  package init(packed: UInt32) { self.packed = packed }

  package var description: String {
    String(unsafeUninitializedCapacity: 3) { text in
      for place in 0..<3 { text[place] = UInt8(truncatingIfNeeded: packed >> UInt32(16 - 8 * place)) }
      return 3
    }
  }

  package static func < (left: Self, right: Self) -> Bool { left.packed < right.packed }
}
