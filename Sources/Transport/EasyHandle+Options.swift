import CLibcurl

extension EasyHandle {
  /// Makes it one that only connects: to the endpoint, by its proxy if there is one, with TLS.
  func configure(by options: HTTPClientOptions) throws(HTTPClientError) {
    try set(CURLOPT_URL, options.baseURL.text)
    try set(CURLOPT_CONNECT_ONLY, true)
    try set(CURLOPT_NOSIGNAL, true)
    try set(CURLOPT_USERAGENT, options.userAgent)
    try set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
    try set(CURLOPT_CONNECTTIMEOUT_MS, min(options.connectTimeout, options.totalTimeout))
    try configureConnection(by: options)
    try configureTrust(by: options)
  }

  private func configureConnection(by options: HTTPClientOptions) throws(HTTPClientError) {
    try set(CURLOPT_PROTOCOLS_STR, options.baseURL.isPlain ? "http" : "https")
    try set(CURLOPT_TCP_NODELAY, true)
    try set(CURLOPT_TCP_KEEPALIVE, true)
    if options.baseURL.isLoopback { try set(CURLOPT_NOPROXY, "*") }
  }

  private func configureTrust(by options: HTTPClientOptions) throws(HTTPClientError) {
    try set(CURLOPT_SSL_VERIFYPEER, 1)
    try set(CURLOPT_SSL_VERIFYHOST, 2)
    try set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
    guard let file = options.caFile else { return }
    try set(CURLOPT_CAINFO, file)
    // Where libcurl was built with a folder of the system's authorities, it would look there too.
    try set(CURLOPT_CAPATH, nil)
  }
}
