/// Where characters of UTF-8 begin, also in bytes that are none: no character has more than four bytes.
struct CharacterSteps {
  private var width = 4

  /// Whether a character begins with the next byte, which is this one.
  @inline(__always)
  mutating func begins(with byte: UInt8) -> Bool {
    let begins = byte & 0xC0 != 0x80 || width == 4
    width = begins ? 1 : width + 1
    return begins
  }
}
