import BillLedger
package import FileRuns
package import PaymentEvents

/// The events that are kept, each with what it was joined to by the ledger.
package struct EventListing {
  package let world: KnownWorld
  package let events: [ReadEvent]
  package let joints: [Int64: EventJoint]

  package init(ledger path: String) throws(RunFault) {
    events = try EventReading.all(besideLedger: path)
    do throws(LedgerError) {
      world = try LedgerWorld(try Ledger(observing: path), events, nil).world
    } catch {
      throw .ledger(error)
    }
    var joiner = EventJoiner(world)
    joints = joiner.joints(of: events)
  }
}
