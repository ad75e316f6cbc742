import CLibcurl

/// The libcurl that this process runs with.
package enum CurlVersion {
  /// libcurl and the libraries that it uses, as curl_version(3) names them: `libcurl` 7.88.1, `OpenSSL` 3.0.17, …
  package static var parts: [(name: String, version: String)] {
    guard let text = curl_version() else { return [] }
    return String(cString: text).split(separator: " ").compactMap { part in
      let words = part.split(separator: "/", maxSplits: 1)
      return words.count == 2 ? (String(words[0]), String(words[1])) : nil
    }
  }
}
