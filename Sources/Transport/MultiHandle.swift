import CLibcurl

/// libcurl's multi handle: the connections, those under way among them. Driven by one thread.
final class MultiHandle: @unchecked Sendable {
  let raw: UnsafeMutableRawPointer

  /// Keeps room for `connections` in its cache. Throws `notStarted`.
  init(connections: Int) throws(HTTPClientError) {
    guard let raw = curl_multi_init() else { throw .notStarted("no memory for transfers") }
    self.raw = raw
    guard billdrop_curl_multi_set_long(raw, CURLMOPT_MAXCONNECTS, connections) == CURLM_OK,
      billdrop_curl_multi_set_long(raw, CURLMOPT_PIPELINING, Int(CURLPIPE_NOTHING)) == CURLM_OK
    else { throw .notStarted("libcurl's multi options") }
  }

  deinit { curl_multi_cleanup(raw) }
}
