import CLibcurl

extension NotSentReason {
  /// Why libcurl couldn't connect, by its code, the operating system's errno for the connection (0 where it isn't known),
  /// the status that a proxy answered when it was asked to connect (0 where none did), and libcurl's words.
  init(_ code: CURLcode, errno: Int32, proxyStatus: Int = 0, detail: String) {
    if proxyStatus >= 300 {
      self.init(.proxyRefused, detail: "it answers HTTP \(proxyStatus)")
    } else {
      self.init(Self.cause(code, errno: errno), detail: detail)
    }
  }

  private static func cause(_ code: CURLcode, errno: Int32) -> Cause {
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .nameNotResolved
    case CURLE_COULDNT_CONNECT, CURLE_INTERFACE_FAILED, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING:
      .couldNotConnect(errno: errno)
    case CURLE_OPERATION_TIMEDOUT: .connectTimedOut
    case CURLE_PROXY: .proxyRefused
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CRL_BADFILE, CURLE_SSL_ISSUER_ERROR,
      CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS:
      .certificateRefused
    case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ENGINE_NOTFOUND,
      CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_ENGINE_INITFAILED, CURLE_SSL_CLIENTCERT, CURLE_USE_SSL_FAILED:
      .tlsRefused
    case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_FUNCTION_ARGUMENT: .malformedRequest
    default: .fault(curlCode: code.rawValue)
    }
  }
}
