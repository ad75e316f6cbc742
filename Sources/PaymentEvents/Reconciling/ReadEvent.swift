package import BillLedger
package import BillModel

/// A kept event that was read.
package struct ReadEvent: Hashable, Sendable {
  /// Its number in the store.
  package var number: Int64
  package var event: PaymentEvent
  package var receivedAt: WallTime
  package var source: EventSource
  package var contradicts: Int64?
  package var deliveries: Int

  package init(_ kept: KeptEvent) {
    number = kept.number
    event = PaymentEvent(body: kept.body)
    receivedAt = kept.receivedAt
    source = kept.source
    contradicts = kept.contradicts
    deliveries = kept.deliveries
  }

  /// What it says was paid; `nil` where it says nothing of money, can't be read, or contradicts one that came before it,
  /// which stands.
  package var applied: AppliedAmount? {
    guard contradicts == nil, case .applied(let applied) = event.content else { return nil }
    return applied
  }

  /// When it was applied: by the API's clock, else when it came.
  package var time: WallTime { applied?.createdAt ?? receivedAt }
}
