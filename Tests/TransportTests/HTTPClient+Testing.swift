import Threads

@testable import Transport

extension HTTPClient {
  /// A client for a test's server.
  static func to(
    _ url: String, inFlight: Int = 4, gate: SendGate? = nil,
    change: (inout HTTPClientOptions) -> Void = { _ in }
  ) throws -> HTTPClient {
    var options = HTTPClientOptions(baseURL: try HTTPBaseURL(url), key: BearerKey("sk_test_secret"), inFlight: inFlight)
    options.totalTimeout = .seconds(20)
    change(&options)
    return try HTTPClient(options, gate: gate)
  }

  /// Waits for this many completions, or ten seconds.
  func collect(_ count: Int) -> [Completion] {
    var all: [Completion] = []
    let start = MonotonicClock.now
    while all.count < count, MonotonicClock.now - start < 10_000_000_000 {
      all += completions(waitingUpTo: .milliseconds(500))
    }
    return all
  }

  /// Sends one request and waits for what becomes of it.
  func send(_ request: HTTPRequest) -> Result<HTTPResponse, TransferFailure>? {
    submit([request])
    return collect(1).first?.result
  }

  /// Posts a small body.
  func post(_ id: UInt64 = 1, path: String = "/things", body: String = "{}") -> Result<HTTPResponse, TransferFailure>? {
    send(.post(id, path: path, body: body))
  }
}

extension HTTPRequest {
  static func post(_ id: UInt64, path: String = "/things", body: String = "{}") -> HTTPRequest {
    HTTPRequest(
      id: id, method: "POST", path: path, headers: [("Idempotency-Key", "key-\(id)")], body: Array(body.utf8))
  }
}

extension Result where Success == HTTPResponse, Failure == TransferFailure {
  var failure: TransferFailure? {
    if case .failure(let failure) = self { failure } else { nil }
  }

  var response: HTTPResponse? { try? get() }
}

extension TransferFailure {
  /// The cause, of a request that never left.
  var notSentCause: NotSentReason.Cause? {
    if case .notSent(let reason) = self { reason.cause } else { nil }
  }
}
