import BillModel

/// Matches the payments of Moment's report with events. Pure.
///
/// First by the payment's id: `reconciliation_id` or `merchant_reference_id` with an event's `payment_id`, whole or
/// without `pay_`. Of several events of one payment the one is taken that is about what the line names, else one of its
/// amount, else all where the line has their sum. A line whose payment has events never goes on: where it names something
/// else than the event is about, or comes once more, it differs. What is left, by what was paid (a reference or id of the
/// report's that the ledger knows) and amount; payments of one amount on one thing can stand in for each other, so that
/// nothing is guessed.
package struct ReportMatcher {
  private struct Payment: Hashable {
    let target: String
    let amount: Int64
    let currency: CurrencyCode
  }

  /// What a line is known again by.
  private struct Line: Hashable {
    let names: [String]
    let amount: Int64
    let currency: CurrencyCode

    init(_ payment: ReportedPayment) {
      names = [payment.transaction, payment.merchantReference, payment.customerReference]
      (amount, currency) = (payment.amount, payment.currency)
    }
  }

  /// How an event of a line's payment is found.
  private enum Step: CaseIterable {
    /// It is about what the line names, and has its amount.
    case reference
    /// It has its amount.
    case amount
    /// All of them together have it.
    case sum
  }

  private let world: KnownWorld
  private let events: [ReadEvent]
  private let targets: ReportTargets
  /// Events by the payment's id.
  private let byPayment: [String: [Int]]
  private var taken: Set<Int> = []

  package init(_ world: KnownWorld, _ events: [ReadEvent], _ joints: [Int64: EventJoint]) {
    self.world = world
    self.events = events
    targets = ReportTargets(world, events, joints)
    var byPayment: [String: [Int]] = [:]
    for (index, event) in events.enumerated() {
      guard let payment = event.applied?.payment else { continue }
      byPayment[payment, default: []].append(index)
      if payment.hasPrefix("pay_") { byPayment[String(payment.dropFirst(4)), default: []].append(index) }
    }
    self.byPayment = byPayment
  }

  /// The match of each reported payment, in their order. Refunds are matched with nothing.
  package mutating func matches(of reported: [ReportedPayment]) -> [ReportMatch] {
    taken = []
    var matches = [ReportMatch?](repeating: nil, count: reported.count)
    // What a line names first, then its amount alone: a line must not take the event that another one names.
    for step in Step.allCases {
      for (index, payment) in reported.enumerated() where matches[index] == nil && !payment.isRefund {
        matches[index] = match(payment, by: step)
      }
    }
    var lines: [Line: Int] = [:]
    for (index, payment) in reported.enumerated() where !payment.isRefund {
      let first = payment.transaction.isEmpty ? nil : lines[Line(payment)]
      if first == nil { lines[Line(payment)] = payment.line }
      guard matches[index] == nil else { continue }
      if let first {
        matches[index] = .differs([], why: "line \(first) has the same payment, with the same references and amount")
      } else if let candidates = candidates(payment) {
        matches[index] = withoutEvent(payment, candidates)
      }
    }
    var left = unmatched
    for (index, payment) in reported.enumerated() where matches[index] == nil && !payment.isRefund {
      matches[index] = match(payment, &left)
    }
    return matches.map { $0 ?? .unknown(why: "it is a refund") }
  }

  // MARK: By the payment's id

  /// The events of a line's payment; `nil` where there are none.
  private func candidates(_ payment: ReportedPayment) -> [Int]? {
    [payment.transaction, payment.merchantReference].lazy.compactMap { byPayment[$0] }.first
  }

  /// Those that no line stands for yet.
  private func free(_ payment: ReportedPayment) -> [Int] { (candidates(payment) ?? []).filter { !taken.contains($0) } }

  private func hasAmount(_ index: Int, _ payment: ReportedPayment) -> Bool {
    events[index].applied?.amount == payment.amount && events[index].applied?.currency == payment.currency
  }

  private mutating func match(_ payment: ReportedPayment, by step: Step) -> ReportMatch? {
    let free = free(payment)
    if step == .sum { return isSum(payment, of: free) ? take(free) : nil }
    let found = free.filter { hasAmount($0, payment) }
    let fitting = found.first { index in
      step == .reference
        ? targets.names(events[index], payment) : targets.other(than: events[index], payment) == nil
    }
    if let fitting { return take([fitting]) }
    guard step == .amount, let index = found.first, let other = targets.other(than: events[index], payment) else {
      return nil
    }
    taken.insert(index)
    return .differs([index], why: other)
  }

  /// Whether a line has the sum of all events of its payment, which are several.
  private func isSum(_ payment: ReportedPayment, of free: [Int]) -> Bool {
    guard free.count > 1, free.count == candidates(payment)?.count else { return false }
    let applied = free.compactMap { events[$0].applied }
    return applied.allSatisfy { $0.currency == payment.currency }
      && applied.reduce(0) { $0 + $1.amount } == payment.amount
  }

  private mutating func take(_ indices: [Int]) -> ReportMatch {
    taken.formUnion(indices)
    return .events(indices)
  }

  /// A line whose payment has events, none of which it stands for.
  private func withoutEvent(_ payment: ReportedPayment, _ candidates: [Int]) -> ReportMatch {
    if candidates.contains(where: { hasAmount($0, payment) }) {
      var none: [Payment: [Int]] = [:]
      return match(payment, &none)
    }
    let told = candidates.prefix(3).compactMap { events[$0].applied }
    let amounts = told.map { "\(MoneyText.major($0.amount, $0.currency)) \($0.currency)" }.joined(separator: ", ")
    return .differs([], why: "events of its payment tell of \(amounts)")
  }

  // MARK: By what was paid

  /// Events that are left, by what they paid and how much.
  private var unmatched: [Payment: [Int]] {
    var left: [Payment: [Int]] = [:]
    for (index, event) in events.enumerated().reversed() where !taken.contains(index) {
      guard let applied = event.applied, let target = targets.target(of: event) else { continue }
      left[Payment(target: target, amount: applied.amount, currency: applied.currency), default: []].append(index)
    }
    return left
  }

  private func match(_ payment: ReportedPayment, _ left: inout [Payment: [Int]]) -> ReportMatch {
    var fallback: ReportMatch?
    var unfit: String?
    for (target, match) in targets.named(by: payment) {
      let key = Payment(target: target, amount: payment.amount, currency: payment.currency)
      if let event = left[key]?.popLast() { return .events([event]) }
      if case .bill(let bill) = match, let currency = targets.currency(of: bill), currency != payment.currency {
        unfit = "bill \(world.bills[bill].reference) is in \(currency), and this is \(payment.currency)"
      } else {
        fallback = fallback ?? match
      }
    }
    if let unfit { return .unknown(why: unfit) }
    return fallback ?? .unknown(why: "the ledger knows none of its references")
  }
}
