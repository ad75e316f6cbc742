/// Why a request has no answer.
package enum TransferFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// Nothing of the request left this machine.
  case notSent(NotSentReason)
  /// Sent, and no whole answer within the time allowed, or nothing moved for too long.
  case timedOut
  /// Sent, and the connection ended before the answer was whole; or it couldn't be sent whole.
  case connectionLost
  /// Sent, and the answer went over a bound.
  case tooLarge(AnswerPart)
  /// Sent, and what came back is not HTTP as it is written down.
  case notHTTP
  /// Sent, and given up because the client was told to end.
  case cancelled

  /// The part of an answer that went over its bound.
  package enum AnswerPart: String, Hashable, Sendable {
    case head, body
  }

  /// Whether any byte of the request may have reached the server. Only `notSent` says no.
  package var mayHaveReachedServer: Bool {
    switch self {
    case .notSent: false
    case .timedOut, .connectionLost, .tooLarge, .notHTTP, .cancelled: true
    }
  }

  /// Whether it didn't leave since it would have left later than it may.
  package var isTooLate: Bool {
    if case .notSent(let reason) = self { reason.cause == .tooLate } else { false }
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
    }
  }
}
