import BillLedger
package import BillModel
import BillReports
package import FileRuns
import PaymentEvents

/// Takes out of old events beside a ledger what nobody goes by: of a payer an event may hold metadata of the merchant's,
/// and whatever Moment puts beside. What was paid, towards what and when stays, and so do the ids.
package enum EventShortening {
  /// How many events that came before a time are kept as they came; none where there is no store.
  package static func count(besideLedger ledger: String, before time: WallTime) throws(RunFault) -> Int {
    do throws(LedgerError) {
      return try EventStore(observing: EventStore.path(besideLedger: ledger))?.wholeCount(before: time) ?? 0
    } catch { throw .ledger(error) }
  }

  /// Shortens them, for good.
  package static func run(besideLedger ledger: String, before time: WallTime) throws(RunFault) {
    do throws(LedgerError) {
      _ = try EventStore(path: EventStore.path(besideLedger: ledger)).shorten(before: time, shortened)
    } catch { throw .ledger(error) }
  }

  /// The body of an event without what nobody goes by: it reads as the whole one does.
  static func shortened(_ body: [UInt8]) -> [UInt8] {
    let event = PaymentEvent(body: body)
    var json = JSONText()
    json.object { json in
      json.boolean("shortened", true)
      switch event.content {
      case .applied(let applied):
        json.string("id", event.id)
        json.string("type", PaymentEvent.appliedType)
        json.object("data") { applied.write(to: &$0) }
      case .other(let type):
        json.string("id", event.id)
        json.string("type", type)
      case .unreadable: break
      }
    }
    return json.utf8
  }
}

extension AppliedAmount {
  fileprivate func write(to json: inout JSONText) {
    if let obligation { json.string("id", obligation) }
    json.integer("amount", amount)
    json.string("currency", currency.description)
    if let payment { json.string("payment_id", payment) }
    if let bill { json.string("bill_id", bill) }
    if let account { json.string("account_id", account) }
    if let customer { json.string("customer_id", customer) }
    if let createdAt { json.string("created_at", createdAt.rfc3339) }
  }
}
