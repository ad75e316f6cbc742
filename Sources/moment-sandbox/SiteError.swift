import HTTPServing
import SchemaRules

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Why a sandbox can't be served.
enum SiteError: Error {
  case schema(SchemaError)
  case service(HTTPServiceError)
  /// libcrypto made no certificate.
  case noCertificate
  /// A file can't be written; errno.
  case file(String, code: Int32)

  /// A sentence for the person who started it.
  var message: String {
    switch self {
    case .schema(let error): "a schema can't be compiled: \(error)"
    case .service(.cannotListen(let port, let code)): "can't listen on port \(port): \(String(cString: strerror(code)))"
    case .service(.noTLS): "this machine's libmicrohttpd is built without GnuTLS, so --tls can't be had"
    case .noCertificate: "libcrypto makes no certificate, so --tls can't be had"
    case .file(let path, let code): "can't write '\(path)': \(String(cString: strerror(code)))"
    }
  }

  var exitCode: Int32 {
    switch self {
    case .schema: 70
    case .service(.noTLS), .noCertificate: 69
    case .service(.cannotListen), .file: 74
    }
  }
}
