#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The file with the certificate that clients are to trust, in a temporary folder of its own unless a path is told.
struct CertificateFile {
  let path: String
  /// The folder that was made for it; nil where the path was told.
  private let folder: String?

  init(_ certificate: String, at told: String?) throws(SiteError) {
    if let told {
      (path, folder) = (told, nil)
    } else {
      let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
      var template = Array((parent + "/moment-sandbox-XXXXXX").utf8CString)
      guard mkdtemp(&template) != nil else { throw .file(parent, code: errno) }
      let made = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
      (path, folder) = (made + "/ca.pem", made)
    }
    if let code = WholeFile.write(certificate, to: path) { throw .file(path, code: code) }
  }

  /// Takes away what was made in the temporary folder; a file at a told path stays.
  func remove() {
    guard let folder else { return }
    unlink(path)
    rmdir(folder)
  }
}
