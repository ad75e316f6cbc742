import BillModel
package import BillReports
package import PaymentEvents

extension Reconciliation {
  /// `reconcile.json`: `schemas/reconcile.schema.json`.
  package func json(indents: Bool = false) -> JSONText {
    var json = JSONText(indents: indents)
    json.object { json in
      json.boolean("needs_attention", needsAttention)
      json.object("counts") { json in
        let counts = count
        for standing in ReconcileStanding.allCases { json.integer(standing.rawValue, counts[standing] ?? 0) }
      }
      writeEvents(to: &json)
      writeBills(to: &json)
      if hasReport {
        json.object("report") { json in
          json.integer("payments", reportedPayments)
          json.integer("refunds", reportedRefunds)
          json.boolean("period_readable", !reportHasNoPeriod)
        }
      }
      if let asked {
        json.object("api") { json in
          json.integer("asked", asked)
          json.integer("without_answer", askedInVain)
        }
      }
      json.object("money") { json in
        for currency in currencies { write(currency, to: &json) }
      }
      json.array("lines") { list in for line in lines { line.write(to: &list) } }
    }
    return json
  }

  private func writeEvents(to json: inout JSONText) {
    json.object("events") { json in
      json.integer("payments", eventCount)
      json.integer("on_bills", eventsOnBills)
      json.integer("on_balances", eventsOnBalances)
      json.integer("ambiguous", eventsAmbiguous)
      json.integer("unknown", eventsUnknown)
      json.integer("unreadable", unreadableEvents)
      json.integer("other_types", otherEvents)
    }
  }

  private func writeBills(to json: inout JSONText) {
    json.object("bills") { json in
      json.integer("count", bills.count)
      json.integer("without_payment", openBills)
      json.integer("voided", bills.voided)
      json.integer("voided_elsewhere", voidedElsewhere)
      json.integer("without_amount", bills.withoutAmount)
      json.integer("rows_unresolved", bills.unresolvedRows)
    }
  }

  private func write(_ currency: CurrencyCode, to json: inout JSONText) {
    let sums = sums[currency] ?? ReconcileSums()
    json.object(currency.description) { json in
      json.object("events") { json in
        json.integer("all", sums.events)
        json.integer("on_bills", sums.onBills)
        json.integer("on_balances", sums.onBalances)
        json.integer("ambiguous", sums.ambiguous)
        json.integer("unknown", sums.unknown)
      }
      json.object("bills") { json in
        json.integer("billed", sums.billed)
        json.integer("noted", sums.noted)
        json.integer("paid", sums.settled)
        json.integer("open", sums.open)
        json.integer("paid_beyond", sums.beyond)
      }
      guard hasReport else { return }
      json.object("report") { json in
        json.integer("payments", sums.reported)
        json.integer("with_event", sums.reportedWithEvent)
        json.integer("without_event", sums.reportedWithoutEvent)
        json.integer("unknown", sums.reportedUnknown)
        json.integer("refunds", sums.refunds)
      }
    }
  }
}

extension ReconcileLine {
  func write(to json: inout JSONText) {
    json.object { json in
      json.string("code", standing.rawValue)
      json.string("subject", subject.rawValue)
      if !reference.isEmpty { json.string("reference", Masking.shown(reference)) }
      if !id.isEmpty { json.string("id", id) }
      if let row {
        json.string("file", Masking.shown(row.file))
        json.string("digest", row.digest)
        json.integer("record", row.record)
      }
      if let currency { json.string("currency", currency.description) }
      if let due { json.integer("due", due) }
      json.integer("paid_by_events", byEvents)
      if let byReport { json.integer("paid_by_report", byReport) }
      if let byAPI { json.integer("paid_by_api", byAPI) }
      json.integer("events", events)
      if !firstEvent.isEmpty { json.string("first_event", firstEvent) }
      if !note.isEmpty { json.string("note", Masking.oneLine(note)) }
    }
  }
}
