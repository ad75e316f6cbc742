import CLibcurl
import Testing

@testable import Transport

@Suite struct TransferFailureTests {
  private func failure(
    _ code: UInt32, sends: Int, overflow: TransferFailure.AnswerPart? = nil
  ) -> TransferFailure {
    TransferFailure(
      TransferFailure.Evidence(code: CURLcode(rawValue: code), sends: sends, overflow: overflow, errno: 0, detail: ""))
  }

  @Test func `whatever the code, a failure may have reached the server exactly where a send was begun`() {
    for code in UInt32(1)...UInt32(120) {
      #expect(!failure(code, sends: 0).mayHaveReachedServer, "code \(code)")
      #expect(failure(code, sends: 1).mayHaveReachedServer, "code \(code)")
      #expect(failure(code, sends: 2) == .connectionLost, "code \(code)")
    }
  }

  @Test(arguments: [
    (CURLE_COULDNT_RESOLVE_HOST, NotSentReason.Cause.nameNotResolved), (CURLE_OPERATION_TIMEDOUT, .connectTimedOut),
    (CURLE_COULDNT_CONNECT, .couldNotConnect(errno: 0)), (CURLE_PEER_FAILED_VERIFICATION, .certificateRefused),
    (CURLE_SSL_CONNECT_ERROR, .tlsRefused), (CURLE_PROXY, .proxyRefused), (CURLE_URL_MALFORMAT, .malformedRequest),
    (CURLE_OUT_OF_MEMORY, .fault(curlCode: 27)),
  ])
  func `before a send the code says what kept it`(code: CURLcode, cause: NotSentReason.Cause) {
    #expect(failure(code.rawValue, sends: 0).notSentCause == cause)
  }

  @Test(arguments: [
    (CURLE_OPERATION_TIMEDOUT, TransferFailure.timedOut), (CURLE_PARTIAL_FILE, .connectionLost),
    (CURLE_GOT_NOTHING, .connectionLost), (CURLE_COULDNT_CONNECT, .connectionLost),
    (CURLE_FILESIZE_EXCEEDED, .tooLarge(.body)), (CURLE_WEIRD_SERVER_REPLY, .notHTTP),
    (CURLE_WRITE_ERROR, .fault(curlCode: 23)), (CURLE_OUT_OF_MEMORY, .fault(curlCode: 27)),
  ])
  func `after a send the code says how the answer failed`(code: CURLcode, expected: TransferFailure) {
    #expect(failure(code.rawValue, sends: 1) == expected)
  }

  @Test func `a bound that was passed is named`() {
    #expect(failure(CURLE_WRITE_ERROR.rawValue, sends: 1, overflow: .head) == .tooLarge(.head))
  }
}
