import CLibcrypto

/// HMAC-SHA1 (RFC 2104), by libcrypto: to find names that OpenSSH's known_hosts files have hashed. Protects nothing.
package enum HMACSHA1 {
  /// The 20 bytes for a text under a key.
  package static func code(of text: String, key: [UInt8]) -> [UInt8] {
    let message = Array(text.utf8)
    var code = [UInt8](repeating: 0, count: 20)
    guard HMAC(EVP_sha1(), key, CInt(key.count), message, message.count, &code, nil) != nil else {
      fatalError("libcrypto: HMAC-SHA1 failed")
    }
    return code
  }
}
