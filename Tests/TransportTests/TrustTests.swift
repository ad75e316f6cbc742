import Certificates
import Foundation
import HTTPServing
import Testing

@testable import Transport

/// TLS as it is: a server of this machine with a certificate made for the test. What is not trusted gets no byte of a
/// request, so no key either.
@Suite struct TrustTests {
  /// A server with TLS that counts what reaches it, and the file that a client would trust it by.
  private final class SecureServer {
    let service: HTTPService
    let authority: URL

    init(beginning begins: Int = -86_400, ending ends: Int = 86_400) throws {
      let made = try #require(SelfMadeCertificate(beginning: begins, ending: ends))
      let identity = TLSIdentity(certificate: made.certificate, privateKey: made.privateKey)
      service = try HTTPService(HTTPServiceOptions(tls: identity)) { _ in .answer(HTTPAnswer(status: 200)) }
      authority = FileManager.default.temporaryDirectory.appending(path: "trust-\(UUID().uuidString).pem")
      try Data(made.certificate.utf8).write(to: authority)
    }

    deinit { try? FileManager.default.removeItem(at: authority) }

    /// What becomes of a POST to it under a name of this machine.
    func post(as host: String = "localhost", trusting file: String?) throws -> Result<HTTPResponse, TransferFailure>? {
      try HTTPClient.to("https://\(host):\(service.port)") { $0.caFile = file }.post()
    }
  }

  @Test func `a server whose certificate is trusted is spoken to`() throws {
    let server = try SecureServer()
    let answer = try server.post(trusting: server.authority.path)
    #expect(answer?.response?.status == 200, "\(String(describing: answer))")
  }

  @Test func `a certificate that nobody vouches for gets no request`() throws {
    let (server, other) = (try SecureServer(), try SecureServer())
    for file in [nil, other.authority.path] {
      #expect(try server.post(trusting: file)?.failure?.notSentCause == .certificateRefused)
    }
  }

  @Test func `a certificate of another host gets no request`() throws {
    let server = try SecureServer()
    let answer = try server.post(as: "other.localhost", trusting: server.authority.path)
    #expect(answer?.failure?.notSentCause == .certificateRefused, "\(String(describing: answer))")
  }

  @Test(arguments: [(-86_400, -3_600), (3_600, 86_400)])
  func `a certificate that is over, or not valid yet, gets no request`(begins: Int, ends: Int) throws {
    let server = try SecureServer(beginning: begins, ending: ends)
    let answer = try server.post(trusting: server.authority.path)
    #expect(answer?.failure?.notSentCause == .certificateRefused, "\(String(describing: answer))")
  }
}
