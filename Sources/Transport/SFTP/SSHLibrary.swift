import CLibcurl

/// The SSH library that libcurl was made with.
enum SSHLibrary {
  /// `libssh2/1.10.0`; `nil` where libcurl can't do SSH.
  static let name: String? = billdrop_curl_ssh_library().map { String(cString: $0) }

  /// Whether it signs with RSA keys as servers of today want it (RFC 8332): libssh2 does so from 1.11 on.
  static let signsWithRSA: Bool = {
    guard let version = name?.split(separator: "/").dropFirst().first else { return false }
    let parts = version.split(separator: ".").prefix(2).compactMap { Int($0) }
    return parts.count == 2 && (parts[0], parts[1]) >= (1, 11)
  }()
}
