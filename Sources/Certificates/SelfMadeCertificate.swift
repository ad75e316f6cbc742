import CLibcrypto

/// A certificate that signed itself, for servers on this machine: localhost, 127.0.0.1 and ::1. Who is to trust it is
/// given the certificate as a certificate authority.
package struct SelfMadeCertificate: Sendable {
  /// PEM.
  package let certificate: String
  /// PEM, PKCS #8, not encrypted; P-256.
  package let privateKey: String

  /// Makes a key and its certificate. Nil where libcrypto can't.
  ///
  /// - Parameters:
  ///   - begins: seconds from now at which it becomes valid; may be negative.
  ///   - ends: seconds from now at which it is valid no more.
  package init?(beginning begins: Int = -86_400, ending ends: Int = 30 * 86_400) {
    let size = 4096
    var certificate = [CChar](repeating: 0, count: size)
    var key = [CChar](repeating: 0, count: size)
    guard billdrop_make_certificate(begins, ends, &certificate, &key, size) == 1 else { return nil }
    self.certificate = Self.text(certificate)
    privateKey = Self.text(key)
  }

  private static func text(_ characters: [CChar]) -> String {
    String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
