/// A request as it comes to the server.
package struct ServerCall: Hashable, Sendable {
  /// `GET`, `POST` or `PATCH`.
  package var method: String
  /// `/billing/bills`, `/billing/accounts` or `/billing/customers`, or an object under them.
  package var path: String
  /// The header `Idempotency-Key`.
  package var key: String?
  package var body: [UInt8]

  package init(method: String, path: String, key: String? = nil, body: [UInt8] = []) {
    self.method = method
    self.path = path
    self.key = key
    self.body = body
  }
}
