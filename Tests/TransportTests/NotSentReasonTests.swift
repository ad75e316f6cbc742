import CLibcurl
import Testing

@testable import Transport

@Suite struct NotSentReasonTests {
  @Test(arguments: [
    (CURLE_COULDNT_RESOLVE_HOST, NotSentReason.Cause.nameNotResolved), (CURLE_OPERATION_TIMEDOUT, .connectTimedOut),
    (CURLE_COULDNT_CONNECT, .couldNotConnect(errno: 5)), (CURLE_PEER_FAILED_VERIFICATION, .certificateRefused),
    (CURLE_SSL_CONNECT_ERROR, .tlsRefused), (CURLE_PROXY, .proxyRefused), (CURLE_URL_MALFORMAT, .malformedRequest),
    (CURLE_OUT_OF_MEMORY, .fault(curlCode: 27)),
  ])
  func `libcurl's code says what kept a request from leaving`(code: CURLcode, cause: NotSentReason.Cause) {
    #expect(NotSentReason(code, errno: 5, detail: "").cause == cause)
  }

  @Test(arguments: [CURLE_RECV_ERROR, CURLE_COULDNT_CONNECT, CURLE_PROXY])
  func `what a proxy answers is told, whatever code libcurl has for it`(code: CURLcode) {
    let reason = NotSentReason(code, errno: 104, proxyStatus: 407, detail: "words")
    #expect(reason.cause == .proxyRefused)
    #expect(reason.description == "the proxy refuses the connection (it answers HTTP 407)")
    // It let us through, and what failed came later.
    #expect(NotSentReason(code, errno: 0, proxyStatus: 200, detail: "words").description.contains("words"))
  }

  @Test func `whatever kept it, nothing of it reached the server; and whatever comes after a send may have`() {
    for code in UInt32(1)...UInt32(120) {
      let reason = NotSentReason(CURLcode(rawValue: code), errno: 0, detail: "words")
      #expect(!TransferFailure.notSent(reason).mayHaveReachedServer, "code \(code)")
    }
    for failure in [
      TransferFailure.timedOut, .connectionLost, .tooLarge(.head), .tooLarge(.body), .notHTTP, .cancelled,
    ] {
      #expect(failure.mayHaveReachedServer)
    }
  }
}
