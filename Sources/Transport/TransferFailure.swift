/// Why a request has no answer. Total: every result of libcurl's is one of these.
package enum TransferFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// Nothing of the request left this machine.
  case notSent(NotSentReason)
  /// Sent, and no whole answer within the time allowed, or nothing moved for too long.
  case timedOut
  /// Sent, and the connection ended before the answer was whole. Also where libcurl was about to send the request a
  /// second time on its own, which is prevented.
  case connectionLost
  /// Sent, and the answer went over a bound.
  case tooLarge(AnswerPart)
  /// Sent, and what came back is not HTTP.
  case notHTTP
  /// Sent, and given up because the client was told to end.
  case cancelled
  /// Sent, or perhaps sent, and libcurl failed in a way of its own; its code.
  case fault(curlCode: UInt32)

  /// The part of an answer that went over its bound.
  package enum AnswerPart: String, Hashable, Sendable {
    case head, body
  }

  /// Whether any byte of the request may have reached the server. Only `notSent` says no.
  package var mayHaveReachedServer: Bool {
    switch self {
    case .notSent: false
    case .timedOut, .connectionLost, .tooLarge, .notHTTP, .cancelled, .fault: true
    }
  }

  package var description: String {
    switch self {
    case .notSent(let reason): "not sent: \(reason)"
    case .timedOut: "no answer in time"
    case .connectionLost: "the connection was lost before the answer was whole"
    case .tooLarge(.head): "the answer's header fields are too large"
    case .tooLarge(.body): "the answer's body is too large"
    case .notHTTP: "what came back is not HTTP"
    case .cancelled: "given up before an answer came"
    case .fault(let code): "the transfer failed (libcurl \(code))"
    }
  }
}
