package import Hashing

/// The key that receipts are signed with (HMAC-SHA256). Never shown.
package struct ReceiptKey: Sendable, CustomStringConvertible, CustomReflectable {
  /// Least bytes of a key.
  package static let leastBytes = 32

  private let bytes: [UInt8]

  /// A key of these bytes, white space at its end left out, since files end in a line feed; `nil` where it is shorter
  /// than `leastBytes`.
  package init?(_ bytes: [UInt8]) {
    let blank: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
    let end = bytes.lastIndex { !blank.contains($0) }.map { $0 + 1 } ?? 0
    guard end >= Self.leastBytes else { return nil }
    self.bytes = Array(bytes[..<end])
  }

  /// What tells keys apart, and says nothing of them: 12 hexadecimal digits.
  package var name: String { code(of: Array("billdrop receipt key".utf8)).short }

  /// The code of a receipt's text.
  package func code(of text: [UInt8]) -> SHA256Digest {
    let code = HMACSHA256(key: bytes)
    code.update(text)
    return code.finish()
  }

  package var description: String { "receipt key \(name)" }
  package var customMirror: Mirror { Mirror(self, children: ["name": name]) }
}
