import HTTPServing

/// One request to the API, as it came and as it went; about 120 bytes beside its texts.
struct LogEntry: Sendable {
  /// Milliseconds since 1970, by the sandbox's clock.
  let arrivedAt: Int64
  /// The same for its answer; 0 while it is under way.
  var answeredAt: Int64 = 0
  let method: HTTPMethod
  let path: ByteSpan
  let key: ByteSpan
  /// The User-Agent.
  let client: ByteSpan
  /// The connection that it came on. Where another request came on it later, the client had this answer whole.
  let connection: UInt64
  /// FNV-1a of the body.
  let bodyHash: UInt64
  let bodyCount: UInt32
  /// The body itself, where bodies are logged.
  let body: ByteSpan
  /// What the sandbox decided; 0 where it did nothing.
  var decided: UInt16 = 0
  /// What left; 0 where the connection was dropped.
  var answered: UInt16 = 0
  var replayed = false
  var fault: Fault?
  var made = MadeObjects()
}
