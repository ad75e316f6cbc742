import CLibcurl

extension Slot {
  /// What a transfer came to, by libcurl's result for it.
  func result(_ code: CURLcode) -> Result<HTTPResponse, TransferFailure> {
    if code == CURLE_OK {
      // A connection that ends within the head is no failure to libcurl.
      guard incoming.headEnded else { return .failure(.connectionLost) }
      return .success(incoming.response(status: easy.number(CURLINFO_RESPONSE_CODE)))
    }
    // Beside our own count of sends, libcurl's count of request bytes: either is enough to doubt.
    let sends = max(incoming.sends, easy.number(CURLINFO_REQUEST_SIZE) > 0 ? 1 : 0)
    return .failure(
      TransferFailure(
        TransferFailure.Evidence(
          code: code, sends: sends, overflow: incoming.overflow, errno: Int32(easy.number(CURLINFO_OS_ERRNO)),
          detail: errorDetail)))
  }
}
