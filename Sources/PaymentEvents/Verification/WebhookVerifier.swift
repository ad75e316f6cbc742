package import BillModel
import FoundationEssentials
import Hashing

/// Checks webhooks by the scheme of Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`, the body as it came.
///
/// Pure: no clock, no I/O. How long a check takes depends on the lengths of what came and on the number of signatures and
/// secrets, never on how much of a signature is right: every signature is compared with every secret's whole code, all 32
/// bytes of it, and the results are joined at the end. For one thread at a time: it keeps the keyed codes.
package struct WebhookVerifier {
  /// Milliseconds that a timestamp may be off the clock, either way.
  package static let window: Int64 = 180_000
  /// Most secrets at once, for their rotation.
  package static let mostSecrets = 8
  /// Most bytes of an id, of the signatures' field, and most signatures in it.
  package static let longestID = 255
  package static let longestSignatures = 4096
  package static let mostSignatures = 16
  /// Most bytes of a body.
  package static let longestBody = 1 << 18

  private let codes: [HMACSHA256]

  /// - Precondition: at least one secret.
  package init(_ secrets: [WebhookSecret]) {
    precondition(!secrets.isEmpty, "without a secret nothing can be verified")
    codes = secrets.map { HMACSHA256(key: $0.bytes) }
  }

  /// Whether this body was signed under these headers with one of the secrets, about `now`.
  package func verify(_ headers: WebhookHeaders, body: [UInt8], now: WallTime) throws(WebhookRefusal) {
    guard let seconds = Self.seconds(headers.timestamp), Self.isID(headers.id), body.count <= Self.longestBody,
      let signatures = Self.signatures(headers.signature)
    else { throw .malformed }
    let content = Array("\(headers.id).\(headers.timestamp).".utf8)
    var fits: UInt8 = 0
    for code in codes {
      code.update(content)
      code.update(body)
      let expected = code.finish().bytes
      for signature in signatures { fits |= Self.isEqual(expected, signature) }
    }
    guard fits == 1 else { throw .signature }
    let lateness = now.milliseconds - seconds * 1000
    guard lateness <= Self.window else { throw .old }
    guard lateness >= -Self.window else { throw .future }
  }

  /// 1 where both have the same 32 bytes, else 0; without a branch that depends on them.
  private static func isEqual(_ left: [UInt8], _ right: [UInt8]) -> UInt8 {
    var difference: UInt8 = 0
    for index in 0..<SHA256Digest.byteCount { difference |= left[index] ^ right[index] }
    return UInt8((UInt16(difference) &- 1) >> 8 & 1)
  }

  /// 1 to 12 digits.
  private static func seconds(_ text: String) -> Int64? {
    guard (1...12).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return Int64(text)
  }

  /// Visible ASCII without a full stop, which would blur where the id ends in what is signed.
  private static func isID(_ text: String) -> Bool {
    (1...longestID).contains(text.utf8.count) && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x2E }
  }

  /// The codes of version 1 in a list with blanks between; other versions are passed over, and what isn't 32 bytes in
  /// base64. `nil` where there is none, or the list is too long.
  private static func signatures(_ text: String) -> [[UInt8]]? {
    guard text.utf8.count <= longestSignatures else { return nil }
    let words = text.split(separator: " ")
    guard words.count <= mostSignatures else { return nil }
    var codes: [[UInt8]] = []
    for word in words where word.hasPrefix("v1,") {
      guard let code = Data(base64Encoded: String(word.dropFirst(3))), code.count == SHA256Digest.byteCount else {
        continue
      }
      codes.append(Array(code))
    }
    return codes.isEmpty ? nil : codes
  }
}
