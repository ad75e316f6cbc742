import CLibcurl

/// libcurl as it is on this machine.
package enum TransportLibrary {
  /// libcurl's name and version with those of what it uses, as curl_version(3) has them.
  package static var versions: String { String(cString: curl_version()) }

  /// Major and minor version of libssh2; `nil` where libcurl has none.
  package static var sshVersion: (Int, Int)? {
    guard let word = versions.split(separator: " ").first(where: { $0.hasPrefix("libssh2/") }) else { return nil }
    let numbers = word.dropFirst("libssh2/".count).split(separator: ".").prefix(2).compactMap { Int($0) }
    return numbers.count == 2 ? (numbers[0], numbers[1]) : nil
  }

  /// Whether RSA keys sign as servers of today want it (RFC 8332): libssh2 does so from 1.11 on.
  static var signsWithRSA: Bool { sshVersion.map { $0 >= (1, 11) } ?? false }

  /// Whether libcurl knows sftp://.
  package static var speaksSFTP: Bool {
    guard let information = curl_version_info(CURLVERSION_FIRST), var name = information.pointee.protocols else {
      return false
    }
    while let word = name.pointee {
      if String(cString: word) == "sftp" { return true }
      name += 1
    }
    return false
  }
}
