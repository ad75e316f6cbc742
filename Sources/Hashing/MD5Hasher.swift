import CLibcrypto

/// MD5 (RFC 1321) over bytes that come in pieces, by libcrypto: to compare with checksums that others made. Protects
/// against nobody. Used once.
package final class MD5Hasher {
  private let context: OpaquePointer

  package init() {
    guard let context = EVP_MD_CTX_new() else { fatalError("libcrypto: no memory for a digest context") }
    self.context = context
    guard EVP_DigestInit_ex(context, EVP_md5(), nil) == 1 else { fatalError("libcrypto has no MD5") }
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Adds bytes.
  package func update(_ bytes: UnsafeRawBufferPointer) {
    guard !bytes.isEmpty else { return }
    guard EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1 else { fatalError("libcrypto: MD5 failed") }
  }

  /// The digest of all bytes, as 32 lower-case hexadecimal digits.
  package func finishHex() -> String {
    var bytes = [UInt8](repeating: 0, count: 16)
    guard EVP_DigestFinal_ex(context, &bytes, nil) == 1 else { fatalError("libcrypto: MD5 failed") }
    return Hexadecimal.string(bytes)
  }
}
