import BillLedger
import DurableFiles
import FileRuns
import RunConfiguration

/// Whose events a command is about.
enum EventsPlace {
  /// The ledger's path: that of `--ledger`, else of the configuration, else the only one in its usual place. It needn't be
  /// there yet.
  static func ledger(_ invocation: Invocation) throws(RunFault) -> String {
    let path = try named(invocation)
    if LedgerURL(path) != nil { throw .eventsNeedFile(ledger: LedgerURL.shown(path)) }
    return path
  }

  private static func named(_ invocation: Invocation) throws(RunFault) -> String {
    if let path = invocation.text("--ledger") { return path }
    if let path = try invocation.text("--config").map(ledger(ofConfiguration:)) { return path }
    let paths = LedgerPath.all(environment: Place.environment)
    guard paths.count == 1 else { throw .whichLedger(paths) }
    return paths[0]
  }

  /// The same, where it is there.
  static func existingLedger(_ invocation: Invocation) throws(RunFault) -> String {
    let path = try ledger(invocation)
    if Directory.hasFile(path) { return path }
    if Directory.hasFile(EventStore.path(besideLedger: path)) {
      Console.message(
        "billdrop: events have come, which billdrop events list shows; there is nothing yet to compare them with")
    }
    throw .noLedger(path: path)
  }

  private static func ledger(ofConfiguration path: String) throws(RunFault) -> String {
    let account = try Invocation.configuration(path).account
    if let ledger = account.ledger { return ledger }
    let stamp = try account.stamp(for: try account.key(Place.environment))
    guard let path = LedgerPath.standard(for: stamp, environment: Place.environment) else { throw .noLedgerPath }
    return path
  }

  /// The store of events beside it, opened to be written; made where there is none.
  static func store(_ invocation: Invocation) throws(RunFault) -> EventStore {
    let path = EventStore.path(besideLedger: try ledger(invocation))
    do throws(LedgerError) { return try EventStore(path: path) } catch { throw .ledger(error) }
  }
}
