import Certificates
import HTTPServing
import SandboxServer

/// A sandbox where others find it: a service with TLS or without, and on demand a second one to look on.
struct SandboxSite {
  private let service: HTTPService
  private let plain: HTTPService?
  private let sandbox: Sandbox
  private let certificate: CertificateFile?

  /// Listens, and has written what the settings name when it is there.
  init(_ settings: SandboxSettings) throws(SiteError) {
    let sandbox = try Self.sandbox(settings.sandbox)
    let identity = settings.servesTLS ? try Self.identity() : nil
    self.sandbox = sandbox
    // Clients are measured against it: it clears no more for each request than it needs.
    let headBytes = settings.sandbox.echo ? 4096 : 0
    service = try Self.listen(settings.port, identity, sandbox, headBytes)
    plain = settings.plainPortFile == nil ? nil : try Self.listen(0, nil, sandbox)
    certificate =
      if let identity { try CertificateFile(identity.certificate, at: settings.caFile) } else { nil }
    if let plain, let file = settings.plainPortFile { try Self.write(plain.port, to: file) }
    if let file = settings.portFile { try Self.write(service.port, to: file) }
  }

  /// What is printed when it is ready.
  var announcement: String {
    guard let certificate else { return "http://127.0.0.1:\(service.port)\n" }
    return "https://localhost:\(service.port)\nCA file: \(certificate.path)\n"
  }

  func stop() {
    sandbox.stop()
    service.stop()
    plain?.stop()
    certificate?.remove()
  }

  private static func sandbox(_ options: SandboxOptions) throws(SiteError) -> Sandbox {
    do { return try Sandbox(options) } catch { throw .schema(error) }
  }

  private static func identity() throws(SiteError) -> TLSIdentity {
    guard let made = SelfMadeCertificate() else { throw .noCertificate }
    return TLSIdentity(certificate: made.certificate, privateKey: made.privateKey)
  }

  private static func listen(
    _ port: UInt16, _ identity: TLSIdentity?, _ sandbox: Sandbox, _ headBytes: Int = 0
  ) throws(SiteError) -> HTTPService {
    do throws(HTTPServiceError) {
      let options = HTTPServiceOptions(port: port, headBytes: headBytes, tls: identity)
      return try HTTPService(options) { sandbox.reply(to: $0) }
    } catch {
      throw .service(error)
    }
  }

  private static func write(_ port: UInt16, to file: String) throws(SiteError) {
    if let code = WholeFile.write("\(port)\n", to: file) { throw .file(file, code: code) }
  }
}
