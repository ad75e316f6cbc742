import CLibcurl

/// libcurl as a whole: it wants to be started once in a process, before anything else of it is used.
enum CurlLibrary {
  /// Starts libcurl, once however often it is called. Throws `notStarted`.
  static func start() throws(HTTPClientError) {
    let result = billdrop_curl_start()
    guard result == CURLE_OK else { throw .notStarted("libcurl \(result.rawValue)") }
  }
}
