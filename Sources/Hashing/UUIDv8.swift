/// A UUID of version 8 (RFC 9562, 5.8): 122 bits of our own choice, here the first of a SHA-256 digest.
package struct UUIDv8: Hashable, Sendable, CustomStringConvertible {
  /// The 16 bytes, in network order.
  package let bytes: [UInt8]

  /// The first 16 bytes of `digest`, with the version (8) and the variant (binary 10) set.
  package init(_ digest: SHA256Digest) {
    var bytes = Array(digest.bytes.prefix(16))
    bytes[6] = bytes[6] & 0x0f | 0x80
    bytes[8] = bytes[8] & 0x3f | 0x80
    self.bytes = bytes
  }

  /// 36 characters: lower-case hexadecimal digits in groups of 8, 4, 4, 4 and 12.
  package var description: String {
    let digits = Hexadecimal.string(bytes).utf8
    var text = ""
    text.reserveCapacity(36)
    for (index, digit) in digits.enumerated() {
      if index == 8 || index == 12 || index == 16 || index == 20 { text.append("-") }
      text.unicodeScalars.append(Unicode.Scalar(digit))
    }
    return text
  }
}
