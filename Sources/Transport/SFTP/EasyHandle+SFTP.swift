import CLibcurl

extension EasyHandle {
  /// Sets all that differs from request to request.
  func prepare(_ request: SFTPRequest, _ address: SFTPAddress, stall: Duration) throws(HTTPClientError) {
    try set(CURLOPT_UPLOAD, request.isUpload)
    try set(CURLOPT_NOBODY, false)
    if !request.isUpload { try set(CURLOPT_HTTPGET, true) }
    try set(CURLOPT_URL, address.url(of: request.path, isFolder: request.isFolder))
    try set(CURLOPT_TIMEOUT_MS, request.limit(stall))
    try set(CURLOPT_FILETIME, false)
    try set(CURLOPT_DIRLISTONLY, false)
    try set(CURLOPT_RANGE, nil as String?)
    switch request.kind {
    case .nothing: try set(CURLOPT_NOBODY, true)
    case .look:
      try set(CURLOPT_NOBODY, true)
      try set(CURLOPT_FILETIME, true)
    case .listing(let namesOnly): try set(CURLOPT_DIRLISTONLY, namesOnly)
    case .read(let range): try set(CURLOPT_RANGE, "\(range.lowerBound)-\(range.upperBound - 1)")
    case .write(let mode):
      try set(CURLOPT_INFILESIZE_LARGE, size: -1)
      try set(CURLOPT_NEW_FILE_PERMS, Int(mode))
    }
  }

  func set(hostKey: @escaping billdrop_curl_host_key) throws(HTTPClientError) {
    try Self.check(billdrop_curl_set_host_key(raw, hostKey), CURLOPT_SSH_HOSTKEYFUNCTION)
  }

  func set(pulse: @escaping billdrop_curl_pulse) throws(HTTPClientError) {
    try Self.check(billdrop_curl_set_pulse(raw, pulse), CURLOPT_XFERINFOFUNCTION)
  }

  /// libcurl keeps the list.
  func set(list: UnsafeMutablePointer<curl_slist>?, _ option: CURLoption) throws(HTTPClientError) {
    try Self.check(billdrop_curl_set_list(raw, option, list), option)
  }

  /// A 64-bit number about the last transfer; -1 where libcurl has none.
  func offset(_ info: CURLINFO) -> Int64 {
    var value: curl_off_t = -1
    return billdrop_curl_get_offset(raw, info, &value) == CURLE_OK ? Int64(value) : -1
  }
}
