import CLibcrypto

/// The libcrypto that this process runs with.
package enum CryptoVersion {
  /// `3.0.17`, of OpenSSL_version(3)'s `OpenSSL 3.0.17 1 Jul 2025`.
  package static var text: String {
    let words = String(cString: OpenSSL_version(0)).split(separator: " ")
    return words.count > 1 ? String(words[1]) : words.joined()
  }
}
