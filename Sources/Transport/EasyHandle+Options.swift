import CLibcurl

extension EasyHandle {
  /// Sets what is the same for all requests of a client.
  func configure(by options: HTTPClientOptions) throws(HTTPClientError) {
    try set(CURLOPT_NOSIGNAL, true)
    try set(CURLOPT_USERAGENT, options.userAgent)
    try set(CURLOPT_PATH_AS_IS, true)
    try set(CURLOPT_FOLLOWLOCATION, false)
    try set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
    try set(CURLOPT_HTTP_CONTENT_DECODING, false)
    try configureConnection(by: options)
    try configureTrust(by: options)
    try configureBounds(by: options)
  }

  private func configureConnection(by options: HTTPClientOptions) throws(HTTPClientError) {
    try set(CURLOPT_PROTOCOLS_STR, options.baseURL.text.hasPrefix("https:") ? "https" : "http")
    try set(CURLOPT_TCP_NODELAY, true)
    try set(CURLOPT_TCP_KEEPALIVE, true)
    if options.baseURL.isLoopback { try set(CURLOPT_NOPROXY, "*") }
    // A connection that idled longer may have been dropped by something on the way: better a new one.
    try set(CURLOPT_MAXAGE_CONN, 30)
  }

  private func configureTrust(by options: HTTPClientOptions) throws(HTTPClientError) {
    try set(CURLOPT_SSL_VERIFYPEER, 1)
    try set(CURLOPT_SSL_VERIFYHOST, 2)
    try set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
    if let file = options.caFile { try set(CURLOPT_CAINFO, file) }
  }

  private func configureBounds(by options: HTTPClientOptions) throws(HTTPClientError) {
    try set(CURLOPT_CONNECTTIMEOUT_MS, options.connectTimeout)
    try set(CURLOPT_TIMEOUT_MS, options.totalTimeout)
    try set(CURLOPT_LOW_SPEED_LIMIT, 1)
    try set(CURLOPT_LOW_SPEED_TIME, (options.stallTimeout.milliseconds + 999) / 1000)
    try set(CURLOPT_MAXFILESIZE_LARGE, size: options.maximumBodyBytes)
  }
}
