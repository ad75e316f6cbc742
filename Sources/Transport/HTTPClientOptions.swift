/// How a client talks to its server.
package struct HTTPClientOptions: Sendable {
  package var baseURL: HTTPBaseURL
  /// `nil`: no `Authorization` is sent.
  package var key: BearerKey?
  /// How many requests may be under way at once, 1 to 4096.
  package var inFlight: Int
  package var userAgent: String
  /// PEM file of certificate authorities to trust instead of the system's. Verification can't be switched off.
  package var caFile: String?
  /// For the name, the connection and TLS together.
  package var connectTimeout: Duration
  /// From the start of a transfer to the end of its answer.
  package var totalTimeout: Duration
  /// How long nothing may move, in whole seconds; waiting for the answer counts. Zero: no such bound.
  package var stallTimeout: Duration
  /// Bytes of an answer's status line and header fields.
  package var maximumHeadBytes: Int
  /// Bytes of an answer's body.
  package var maximumBodyBytes: Int

  package init(
    baseURL: HTTPBaseURL, key: BearerKey?, inFlight: Int = 32, userAgent: String = "billdrop", caFile: String? = nil,
    connectTimeout: Duration = .seconds(10), totalTimeout: Duration = .seconds(60),
    stallTimeout: Duration = .seconds(30), maximumHeadBytes: Int = 65_536, maximumBodyBytes: Int = 1_048_576
  ) {
    self.baseURL = baseURL
    self.key = key
    self.inFlight = inFlight
    self.userAgent = userAgent
    self.caFile = caFile
    self.connectTimeout = connectTimeout
    self.totalTimeout = totalTimeout
    self.stallTimeout = stallTimeout
    self.maximumHeadBytes = maximumHeadBytes
    self.maximumBodyBytes = maximumBodyBytes
  }

  /// No request takes longer than so many seconds, 1 to 600; connecting and stalling are bounded by them too.
  package mutating func limit(toSeconds seconds: Int) throws(HTTPClientError) {
    guard (1...600).contains(seconds) else { throw .timeoutOutOfRange(seconds) }
    totalTimeout = .seconds(seconds)
    connectTimeout = min(connectTimeout, totalTimeout)
    stallTimeout = min(stallTimeout, totalTimeout)
  }
}
