import HTTPServing

/// What the sandbox looks at in a request.
struct Incoming: Sendable {
  let method: HTTPMethod
  let path: String
  /// The header Idempotency-Key.
  let key: String?
  let authorization: String?
  let body: [UInt8]
  /// The header User-Agent.
  var client: String?
  /// The connection that it came on, from 1; 0 where it is not known.
  var connection: UInt64 = 0
}
