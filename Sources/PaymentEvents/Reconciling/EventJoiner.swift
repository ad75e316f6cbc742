import BillModel

/// Joins events to bills, accounts and customers. Pure; what fits several open bills is never guessed.
///
/// An event that names a bill is about that bill. One that names an account or a customer alone is about the only bill of
/// that party that was open then: raised before the event, not voided, and by the events before it not paid whole. With one
/// that is paid already it is about that one, and pays too much; with one that is voided, and none beside, about that one.
/// Several, or none of several, is ambiguous. A party without any bill has a balance, and so has one that a file set the
/// balance of and bills were raised on later; with bills that don't fit it is about nothing known. A bill whose currency the
/// ledger doesn't know has that of the first event on it. Events are taken in the order in which amounts were applied.
package struct EventJoiner {
  /// Milliseconds by which the API's clock may be behind ours: a bill may seem to be raised so much after its payment.
  private static let clockTolerance: Int64 = 300_000

  private let world: KnownWorld
  /// Minor units by bill, by the events so far.
  private var paid: [Int: Int64] = [:]
  /// Of bills whose own the ledger doesn't know, by the events so far.
  private var currencies: [Int: CurrencyCode] = [:]

  package init(_ world: KnownWorld) { self.world = world }

  /// The joints of the events that say that something was paid, by their numbers.
  package mutating func joints(of events: [ReadEvent]) -> [Int64: EventJoint] {
    (paid, currencies) = ([:], [:])
    var joints: [Int64: EventJoint] = [:]
    for event in events.sorted(by: { ($0.time, $0.number) < ($1.time, $1.number) }) {
      guard let applied = event.applied else { continue }
      let joint = joint(of: applied, at: event.time)
      if case .bill(let bill, _) = joint {
        paid[bill, default: 0] += applied.amount
        if world.bills[bill].currency == nil { currencies[bill] = applied.currency }
      }
      joints[event.number] = joint
    }
    return joints
  }

  private func joint(of applied: AppliedAmount, at time: WallTime) -> EventJoint {
    if let id = applied.bill {
      guard let bill = world.bill(id: id) else { return .unknown(id: id) }
      guard let other = otherCurrency(bill, applied) else { return .bill(bill, .named) }
      return .unknown(id: id, .otherCurrency(other))
    }
    if let id = applied.account { return joint(on: .account, id, applied, time) }
    if let id = applied.customer { return joint(on: .customer, id, applied, time) }
    return .unknown(id: "")
  }

  private func joint(on kind: PartyKind, _ id: String, _ applied: AppliedAmount, _ time: WallTime) -> EventJoint {
    let all = world.bills(on: kind, id: id)
    let fitting = all.filter { otherCurrency($0, applied) == nil }
    let before = fitting.filter {
      world.bills[$0].row.startedAt <= time.advanced(byMilliseconds: Self.clockTolerance)
    }
    let raised = before.filter { !world.bills[$0].isVoided }
    let open = raised.filter { index in world.bills[index].due.map { (paid[index] ?? 0) < $0 } ?? true }
    if open.count == 1 { return .bill(open[0], .onlyOpenBill) }
    if open.isEmpty, raised.count == 1 { return .bill(raised[0], .onlyOpenBill) }
    if !raised.isEmpty { return .ambiguous(kind, id: id, bills: open.isEmpty ? raised : open) }
    if let voided = before.first {
      return before.count == 1 ? .bill(voided, .onlyVoidedBill) : .ambiguous(kind, id: id, bills: before)
    }
    let hadBalance = all.isEmpty || (!fitting.isEmpty && world.party(id: id)?.row != nil)
    if hadBalance { return world.party(id: id) == nil ? .unknown(id: id) : .balance(kind, id: id) }
    guard fitting.isEmpty, let other = all.first.flatMap({ otherCurrency($0, applied) }) else {
      return .unknown(id: id, .raisedLater(kind))
    }
    return .unknown(id: id, .otherCurrency(other))
  }

  /// The currency of a bill that can't be paid in the event's; `nil` of one that can.
  private func otherCurrency(_ bill: Int, _ applied: AppliedAmount) -> CurrencyCode? {
    (world.bills[bill].currency ?? currencies[bill]).flatMap { $0 == applied.currency ? nil : $0 }
  }
}
