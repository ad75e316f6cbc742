/// An answer as it leaves the server.
package struct ServerAnswer: Hashable, Sendable {
  package var status: Int
  package var body: [UInt8]
  /// `Idempotent-Replayed: true`.
  package var isReplayed = false

  package init(status: Int, body: [UInt8]) {
    self.status = status
    self.body = body
  }

  init(status: Int, _ value: JSON) { self.init(status: status, body: value.bytes) }
}
