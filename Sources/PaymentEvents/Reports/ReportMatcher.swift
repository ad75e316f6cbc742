import BillModel

/// Matches the payments of Moment's report with events. Pure.
///
/// First by the payment's id: `reconciliation_id` or `merchant_reference_id` with an event's `payment_id`, whole or
/// without `pay_`. What is left, by what was paid (a reference or id of the report's that the ledger knows) and amount;
/// payments of one amount on one thing can stand in for each other, so that nothing is guessed.
package struct ReportMatcher {
  private struct Payment: Hashable {
    let target: String
    let amount: Int64
    let currency: CurrencyCode
  }

  private let world: KnownWorld
  private let events: [ReadEvent]
  private let joints: [Int64: EventJoint]

  package init(_ world: KnownWorld, _ events: [ReadEvent], _ joints: [Int64: EventJoint]) {
    self.world = world
    self.events = events
    self.joints = joints
  }

  /// The match of each reported payment, in their order. Refunds are matched with nothing.
  package func matches(of reported: [ReportedPayment]) -> [ReportMatch] {
    var byPayment: [String: Int] = [:]
    for (index, event) in events.enumerated() {
      guard let applied = event.applied, let payment = applied.payment else { continue }
      byPayment[payment] = index
      if payment.hasPrefix("pay_") { byPayment[String(payment.dropFirst(4))] = index }
    }
    var taken: Set<Int> = []
    var matches = reported.map { payment -> ReportMatch? in
      guard !payment.isRefund else { return .unknown }
      for name in [payment.transaction, payment.merchantReference] {
        guard let index = byPayment[name], let applied = events[index].applied, applied.amount == payment.amount,
          applied.currency == payment.currency, taken.insert(index).inserted
        else { continue }
        return .event(index)
      }
      return nil
    }
    var left = unmatched(taken)
    for (index, payment) in reported.enumerated() where matches[index] == nil {
      matches[index] = match(payment, &left)
    }
    return matches.map { $0 ?? .unknown }
  }

  /// Events that are left, by what they paid and how much.
  private func unmatched(_ taken: Set<Int>) -> [Payment: [Int]] {
    var left: [Payment: [Int]] = [:]
    for (index, event) in events.enumerated().reversed() where !taken.contains(index) {
      guard let applied = event.applied, let target = target(of: event) else { continue }
      left[Payment(target: target, amount: applied.amount, currency: applied.currency), default: []].append(index)
    }
    return left
  }

  private func target(of event: ReadEvent) -> String? {
    switch joints[event.number] {
    case .bill(let bill, _): "bill \(bill)"
    case .balance(_, let id), .ambiguous(_, let id, _): id
    case .unknown, nil: nil
    }
  }

  private func match(_ payment: ReportedPayment, _ left: inout [Payment: [Int]]) -> ReportMatch {
    var fallback: ReportMatch?
    for name in [payment.merchantReference, payment.customerReference] where !name.isEmpty {
      for (target, match) in targets(named: name) {
        let key = Payment(target: target, amount: payment.amount, currency: payment.currency)
        if let event = left[key]?.popLast() { return .event(event) }
        fallback = fallback ?? match
      }
    }
    return fallback ?? .unknown
  }

  /// What the ledger knows under a name, as events are filed by it.
  private func targets(named name: String) -> [(target: String, match: ReportMatch)] {
    var found: [(String, ReportMatch)] = []
    for bill in [world.bill(reference: name), world.bill(id: name)].compactMap({ $0 }) {
      found.append(("bill \(bill)", .bill(bill)))
    }
    for kind in [PartyKind.account, .customer] {
      if let party = world.party(PartyKey(kind, name)) { found.append((party.id, .party(party.id))) }
    }
    if let party = world.party(id: name) { found.append((party.id, .party(party.id))) }
    return found
  }
}
