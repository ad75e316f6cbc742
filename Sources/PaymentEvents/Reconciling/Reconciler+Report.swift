import BillModel

/// What Moment's report has that is not on a bill, and what of its period it doesn't have.
extension Reconciler {
  func addReport(to result: inout Reconciliation) {
    guard let report else { return }
    for (payment, match) in zip(report.payments, matches) {
      if payment.isRefund {
        result.reportedRefunds += 1
        result.sums[payment.currency, default: ReconcileSums()].refunds += payment.amount
        result.lines.append(line(.refund, payment, "a refund; no event tells of refunds"))
        continue
      }
      result.reportedPayments += 1
      result.sums[payment.currency, default: ReconcileSums()].reported += payment.amount
      switch match {
      case .events: result.sums[payment.currency]?.reportedWithEvent += payment.amount
      case .bill: result.sums[payment.currency]?.reportedWithoutEvent += payment.amount
      case .party(let id):
        result.sums[payment.currency]?.reportedWithoutEvent += payment.amount
        var line = line(.missingEvent, payment, "line \(payment.line) of Moment's report: no event tells of it")
        line.row = world.party(id: id)?.row
        result.lines.append(line)
      case .differs(let events, let why):
        let sum = events.isEmpty ? \ReconcileSums.reportedWithoutEvent : \.reportedWithEvent
        result.sums[payment.currency]?[keyPath: sum] += payment.amount
        result.lines.append(line(.reportDiffers, payment, "line \(payment.line) of Moment's report: \(why)"))
      case .unknown(let why):
        result.sums[payment.currency]?.reportedUnknown += payment.amount
        result.lines.append(line(.unknown, payment, "line \(payment.line) of Moment's report: \(why)"))
      }
    }
    addMissed(Set(matches.flatMap(\.events)), to: &result)
  }

  /// Events on balances, ambiguous and unknown ones that the report should have; those on bills stand with their bill.
  private func addMissed(_ matched: Set<Int>, to result: inout Reconciliation) {
    for (index, event) in events.enumerated() {
      guard let applied = event.applied, isMissedByReport(event, isReported: matched.contains(index)) else { continue }
      if case .bill = joints[event.number] { continue }
      var line = ReconcileLine(.notInReport, .event)
      line.id = event.event.id
      line.currency = applied.currency
      line.note = "it lies within the report's period, and the report doesn't have it"
      result.lines.append(line.adding(event, applied))
    }
  }

  private func line(_ standing: ReconcileStanding, _ payment: ReportedPayment, _ note: String) -> ReconcileLine {
    var line = ReconcileLine(standing, .report)
    line.reference = payment.merchantReference.isEmpty ? payment.customerReference : payment.merchantReference
    line.id = payment.transaction
    line.currency = payment.currency
    line.byReport = payment.amount
    line.note = note
    return line
  }
}
