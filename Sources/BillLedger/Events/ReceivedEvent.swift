package import BillModel
package import Hashing

/// An event that came, on its way into the store.
package struct ReceivedEvent: Hashable, Sendable {
  /// `webhook-id`; `nil` for one that was imported.
  package var webhookID: String?
  /// `evt_…`; empty where the body can't be read.
  package var eventID: String
  /// Digest of what counts in it.
  package var content: SHA256Digest
  /// As it came.
  package var body: [UInt8]
  package var receivedAt: WallTime
  package var source: EventSource

  package init(
    webhookID: String?, eventID: String, content: SHA256Digest, body: [UInt8], receivedAt: WallTime,
    source: EventSource
  ) {
    self.webhookID = webhookID
    self.eventID = eventID
    self.content = content
    self.body = body
    self.receivedAt = receivedAt
    self.source = source
  }
}
