import CLibcrypto
import Testing

@testable import Certificates

@Suite struct SelfMadeCertificateTests {
  /// libcrypto's own reading of a certificate.
  final class Reading {
    private let certificate: OpaquePointer

    init(_ pem: String) throws {
      let read = Self.read(pem) { PEM_read_bio_X509($0, nil, nil, nil) }
      certificate = try #require(read)
    }

    deinit { X509_free(certificate) }

    func isFor(host: String) -> Bool { X509_check_host(certificate, host, host.utf8.count, 0, nil) == 1 }
    func isFor(address: String) -> Bool { X509_check_ip_asc(certificate, address, 0) == 1 }

    func isValidNow() -> Bool {
      X509_cmp_current_time(X509_get0_notBefore(certificate)) < 0
        && X509_cmp_current_time(X509_get0_notAfter(certificate)) > 0
    }

    func isSigned(by key: String) throws -> Bool {
      let read = Self.read(key) { PEM_read_bio_PrivateKey($0, nil, nil, nil) }
      let key = try #require(read)
      defer { EVP_PKEY_free(key) }
      return X509_verify(certificate, key) == 1
    }

    /// A BIO reads the text where it is (BIO_s_mem(3)), so it has to stay there.
    private static func read(_ pem: String, _ object: (OpaquePointer) -> OpaquePointer?) -> OpaquePointer? {
      pem.withCString { text in
        guard let bio = BIO_new_mem_buf(text, Int32(pem.utf8.count)) else { return nil }
        defer { BIO_free(bio) }
        return object(bio)
      }
    }
  }

  @Test func `it is for this machine and nothing else, valid now, and signed by its key`() throws {
    let made = try #require(SelfMadeCertificate())
    let reading = try Reading(made.certificate)
    #expect(reading.isFor(host: "localhost") && !reading.isFor(host: "example.com"))
    #expect(reading.isFor(address: "127.0.0.1") && reading.isFor(address: "::1"))
    #expect(!reading.isFor(address: "127.0.0.2"))
    #expect(reading.isValidNow())
    #expect(try reading.isSigned(by: made.privateKey))
  }

  @Test func `two are never the same`() throws {
    let (first, second) = (try #require(SelfMadeCertificate()), try #require(SelfMadeCertificate()))
    #expect(first.certificate != second.certificate && first.privateKey != second.privateKey)
    #expect(try !Reading(first.certificate).isSigned(by: second.privateKey))
  }

  @Test(arguments: [(-20, -10), (10, 20)]) func `its time is as asked`(begins: Int, ends: Int) throws {
    let made = try #require(SelfMadeCertificate(beginning: begins, ending: ends))
    #expect(try !Reading(made.certificate).isValidNow())
  }
}
