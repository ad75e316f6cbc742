import CLibcurl

/// libcurl as a whole: it wants to be started once in a process, before anything else of it is used.
enum CurlLibrary {
  private static let started = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

  /// Starts libcurl, once however often it is called. Throws `notStarted`.
  static func start() throws(HTTPClientError) {
    guard started == CURLE_OK else { throw .notStarted("libcurl \(started.rawValue)") }
  }
}
