import BillLedger
package import FileRuns
package import PaymentEvents

/// The events that are kept, each with what it was joined to by the ledger.
package struct EventListing {
  package let world: KnownWorld
  package let events: [ReadEvent]
  package let joints: [Int64: EventJoint]

  ///
  /// Where the ledger isn't there yet, since the endpoint was there first, nothing is known that they could be of.
  package init(ledger path: String) throws(RunFault) {
    events = try EventReading.all(besideLedger: path)
    if events.isEmpty { try LedgerPath.mustExist(path) }
    if try LedgerPath.isThere(path) {
      do throws(LedgerError) {
        world = try LedgerWorld(try Ledger(observing: path), events, nil).world
      } catch {
        throw .ledger(error)
      }
    } else {
      world = KnownWorld()
    }
    var joiner = EventJoiner(world)
    joints = joiner.joints(of: events)
  }
}
