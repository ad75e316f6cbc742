import CLibcurl

extension TransferFailure {
  /// What is known of a transfer that failed.
  struct Evidence {
    /// libcurl's result, other than CURLE_OK.
    var code: CURLcode
    /// How often the request went out, or was about to. 0: libcurl never came so far as to send.
    var sends: Int
    /// What went over its bound.
    var overflow: AnswerPart?
    /// The operating system's errno for the connection, 0 where it isn't known.
    var errno: Int32
    /// libcurl's words.
    var detail: String
  }

  /// Judges a failure by how far the transfer came, and only then by libcurl's code: the same code may come before
  /// and after a request went out.
  init(_ evidence: Evidence) {
    self = evidence.sends == 0 ? .notSent(NotSentReason(evidence)) : Self.afterSend(evidence)
  }

  private static func afterSend(_ evidence: Evidence) -> Self {
    if let part = evidence.overflow { return .tooLarge(part) }
    if evidence.sends > 1 { return .connectionLost }
    switch evidence.code {
    case CURLE_OPERATION_TIMEDOUT: return .timedOut
    case CURLE_FILESIZE_EXCEEDED: return .tooLarge(.body)
    case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE, CURLE_SEND_FAIL_REWIND,
      CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT, CURLE_PROXY,
      CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION:
      return .connectionLost
    case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_CONTENT_ENCODING: return .notHTTP
    default: return .fault(curlCode: evidence.code.rawValue)
    }
  }
}

extension NotSentReason {
  fileprivate init(_ evidence: TransferFailure.Evidence) {
    self.init(Self.cause(evidence.code, errno: evidence.errno), detail: evidence.detail)
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
