package import BillModel

/// An event that is kept.
package struct KeptEvent: Hashable, Sendable {
  /// Its number in the store, in the order of arrival, from 1.
  package var number: Int64
  package var body: [UInt8]
  package var receivedAt: WallTime
  package var source: EventSource
  /// The number of the event that came first under the same id, with another content; `nil` where none did.
  package var contradicts: Int64?
  /// How often it was delivered to the endpoint.
  package var deliveries: Int

  package init(
    number: Int64, body: [UInt8], receivedAt: WallTime, source: EventSource, contradicts: Int64?, deliveries: Int
  ) {
    self.number = number
    self.body = body
    self.receivedAt = receivedAt
    self.source = source
    self.contradicts = contradicts
    self.deliveries = deliveries
  }
}
