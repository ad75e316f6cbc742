import CLibcurl

/// The libcurl that this process runs with.
package enum CurlVersion {
  /// libcurl and the libraries that it uses, each once, as curl_version(3) names them: `libcurl` 7.88.1, `OpenSSL` 3.0.17, …
  package static var parts: [(name: String, version: String)] {
    guard let text = curl_version() else { return [] }
    var parts: [(name: String, version: String)] = []
    for part in String(cString: text).split(separator: " ") {
      let words = part.split(separator: "/", maxSplits: 1)
      // What a library uses itself stands behind it in parentheses: `libpsl/0.21.2 (+libidn2/2.3.3)`.
      let name = words[0].filter { !"(+".contains($0) }
      guard words.count == 2, !parts.contains(where: { $0.name == name }) else { continue }
      parts.append((name, words[1].filter { $0 != ")" }))
    }
    return parts
  }
}
