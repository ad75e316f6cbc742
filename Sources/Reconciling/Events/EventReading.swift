import BillLedger
package import FileRuns
package import PaymentEvents

/// Reads all events that are kept beside a ledger.
package enum EventReading {
  private static let portion = 1000

  /// The events in the order of their arrival; none where there is no store.
  package static func all(besideLedger ledger: String) throws(RunFault) -> [ReadEvent] {
    do throws(LedgerError) {
      guard let store = try EventStore(observing: EventStore.path(besideLedger: ledger)) else { return [] }
      var events: [ReadEvent] = []
      while true {
        let next = try store.events(after: events.last?.number ?? 0, limit: portion)
        if next.isEmpty { return events }
        events += next.map { ReadEvent($0) }
      }
    } catch {
      throw .ledger(error)
    }
  }
}
