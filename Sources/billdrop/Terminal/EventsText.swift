import BillModel
import PaymentEvents
import Reconciling

/// Events for people, a line each, the latest last.
struct EventsText {
  let listing: EventListing
  let events: [ReadEvent]
  let screen: Screen

  var text: String {
    if listing.events.isEmpty { return "No event has come yet.\n" }
    var lines: [String] = []
    for event in events {
      lines += TextLines.wrap(words(event), to: screen.columns, margin: "  ")
    }
    let left = listing.events.count - events.count
    if left > 0 { lines.insert("… \(MoneyText.count(left)) before", at: 0) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func words(_ event: ReadEvent) -> String {
    let day = String(event.time.rfc3339.prefix(19)).replacing("T", with: " ")
    var text = "\(day) \(event.event.id.isEmpty ? "event \(event.number)" : event.event.id) "
    switch event.event.content {
    case .unreadable(let reason): return text + "can't be read: \(reason)"
    case .other(let type): return text + type
    case .applied(let applied):
      text += "\(applied.currency) \(MoneyText.major(applied.amount, applied.currency)) "
      if let first = event.contradicts { return text + "contradicts event \(first), which came first and stands" }
    }
    return text + place(event)
  }

  private func place(_ event: ReadEvent) -> String {
    switch listing.joints[event.number] {
    case .bill(let index, let reason):
      let bill = listing.world.bills[index]
      let why =
        switch reason {
        case .named: ""
        case .onlyVoidedBill: ", the only bill then, and voided"
        case .onlyOpenBill, .api: ", the only open bill then"
        }
      return "on bill \(bill.reference)\(why) (\(Masking.shown(bill.row.file)), record \(bill.row.record))"
    case .balance(let kind, let id):
      let party = listing.world.party(id: id)
      let row = party?.row.map { " (\(Masking.shown($0.file)), record \($0.record))" } ?? ""
      return "on the balance of \(kind) \(party?.key.reference ?? id)\(row)"
    case .ambiguous(let kind, let id, let bills):
      return "ambiguous: \(kind) \(listing.world.party(id: id)?.key.reference ?? id) has \(bills.count) bills that fit"
    case .unknown(let id, let unfit):
      return "unknown: \(event.applied.flatMap { unfit?.words($0) } ?? "no file of this ledger raised \(id)")"
    case nil: return ""
    }
  }
}
