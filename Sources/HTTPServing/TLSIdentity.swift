/// A certificate chain and its private key, both PEM.
package struct TLSIdentity: Sendable {
  package let certificate: String
  package let privateKey: String

  package init(certificate: String, privateKey: String) {
    self.certificate = certificate
    self.privateKey = privateKey
  }
}
