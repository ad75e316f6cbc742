import BillLedger
import BillModel
import FileRuns

/// Payment events, which lie beside ledgers.
extension ForgetPlan {
  /// By age they are shortened. They belong to bills, and so to no file: where files are named, they stay, and are named.
  /// Beside a ledger at a server lie none.
  mutating func findEvents(beside ledger: String) throws(RunFault) {
    guard LedgerURL(ledger) == nil else { return }
    let count = try EventShortening.count(besideLedger: ledger, before: cutoff ?? now)
    guard count > 0 else { return }
    let (path, words) = (EventStore.path(besideLedger: ledger), count == 1 ? "event" : "events")
    guard cutoff != nil else {
      staying.append(
        Kept(
          path: path,
          reason:
            "\(MoneyText.count(count)) payment \(words), some maybe of bills of this file: --older-than shortens old ones"
        ))
      return
    }
    var thing = Forgettable(kind: .events, path: path, detail: "\(MoneyText.count(count)) \(words)")
    thing.ledger = ledger
    going.append(thing)
  }
}
