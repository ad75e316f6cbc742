import BillLedger
import BillModel
import BillReports
import PaymentEvents
import Reconciling

/// Events for programs: `schemas/events.schema.json`.
struct EventsJSON {
  let listing: EventListing
  let events: [ReadEvent]

  var text: String {
    var json = JSONText()
    json.object { json in
      json.integer("count", listing.events.count)
      json.array("events") { list in for event in events { write(event, to: &list) } }
    }
    return json.text + "\n"
  }

  private func write(_ event: ReadEvent, to json: inout JSONText) {
    json.object { json in
      json.integer("number", event.number)
      if !event.event.id.isEmpty { json.string("id", event.event.id) }
      json.string("received_at", event.receivedAt.rfc3339)
      json.string("source", event.source.name)
      json.integer("deliveries", event.deliveries)
      if let first = event.contradicts { json.integer("contradicts", first) }
      switch event.event.content {
      case .unreadable(let reason): json.string("unreadable", reason)
      case .other(let type): json.string("type", type)
      case .applied(let applied):
        json.string("type", PaymentEvent.appliedType)
        write(applied, to: &json)
      }
      if let joint = listing.joints[event.number] { json.object("joined") { write(joint, to: &$0) } }
    }
  }

  private func write(_ applied: AppliedAmount, to json: inout JSONText) {
    json.integer("amount", applied.amount)
    json.string("currency", applied.currency.description)
    if let time = applied.createdAt { json.string("created_at", time.rfc3339) }
    for (key, value) in [
      ("payment_id", applied.payment), ("bill_id", applied.bill), ("account_id", applied.account),
      ("customer_id", applied.customer),
    ] {
      if let value { json.string(key, value) }
    }
  }

  private func write(_ joint: EventJoint, to json: inout JSONText) {
    switch joint {
    case .bill(let index, let reason):
      json.string("to", "bill")
      json.string("by", reason.rawValue)
      write(listing.world.bills[index], to: &json)
    case .balance(let kind, let id):
      json.string("to", "balance")
      write(kind, id, to: &json)
      if let row = listing.world.party(id: id)?.row { write(row, to: &json) }
    case .ambiguous(let kind, let id, let bills):
      json.string("to", "ambiguous")
      write(kind, id, to: &json)
      json.array("bills") { list in
        for index in bills { list.object { write(listing.world.bills[index], to: &$0) } }
      }
    case .unknown: json.string("to", "unknown")
    }
  }

  private func write(_ kind: PartyKind, _ id: String, to json: inout JSONText) {
    json.string("party", "\(kind)")
    json.string("id", id)
    if let key = listing.world.party(id: id)?.key { json.string("reference", Masking.shown(key.reference)) }
  }

  private func write(_ bill: KnownBill, to json: inout JSONText) {
    json.string("reference", Masking.shown(bill.reference))
    write(bill.row, to: &json)
  }

  private func write(_ row: RaisingRow, to json: inout JSONText) {
    json.string("file", Masking.shown(row.file))
    json.string("digest", row.digest)
    json.integer("record", row.record)
  }
}
