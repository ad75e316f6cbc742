import BillModel

/// Joins events to bills, accounts and customers. Pure; what fits several open bills is never guessed.
///
/// An event that names a bill is about that bill. One that names an account or a customer alone is about the only bill of
/// that party that was open then: raised before the event, not voided, and by the events before it not paid whole. With no
/// bill at all it is about the party's balance; with one that is paid already it is about that one, and pays too much.
/// Several, or none of several, is ambiguous. Events are taken in the order in which amounts were applied.
package struct EventJoiner {
  /// Milliseconds by which the API's clock may be behind ours: a bill may seem to be raised so much after its payment.
  private static let clockTolerance: Int64 = 300_000

  private let world: KnownWorld
  /// Minor units by bill, by the events so far.
  private var paid: [Int: Int64] = [:]

  package init(_ world: KnownWorld) { self.world = world }

  /// The joints of the events that say that something was paid, by their numbers.
  package mutating func joints(of events: [ReadEvent]) -> [Int64: EventJoint] {
    paid = [:]
    var joints: [Int64: EventJoint] = [:]
    for event in events.sorted(by: { ($0.time, $0.number) < ($1.time, $1.number) }) {
      guard let applied = event.applied else { continue }
      let joint = joint(of: applied, at: event.time)
      if case .bill(let bill, _) = joint { paid[bill, default: 0] += applied.amount }
      joints[event.number] = joint
    }
    return joints
  }

  private func joint(of applied: AppliedAmount, at time: WallTime) -> EventJoint {
    if let id = applied.bill {
      guard let bill = world.bill(id: id), fits(bill, applied) else { return .unknown(id: id) }
      return .bill(bill, .named)
    }
    if let id = applied.account { return joint(on: .account, id, applied, time) }
    if let id = applied.customer { return joint(on: .customer, id, applied, time) }
    return .unknown(id: "")
  }

  private func joint(on kind: PartyKind, _ id: String, _ applied: AppliedAmount, _ time: WallTime) -> EventJoint {
    let raised = world.bills(on: kind, id: id).filter { index in
      let bill = world.bills[index]
      return bill.row.startedAt <= time.advanced(byMilliseconds: Self.clockTolerance) && fits(index, applied)
        && !bill.isVoided
    }
    let open = raised.filter { index in world.bills[index].due.map { (paid[index] ?? 0) < $0 } ?? true }
    if open.count == 1 { return .bill(open[0], .onlyOpenBill) }
    if open.isEmpty, raised.count == 1 { return .bill(raised[0], .onlyOpenBill) }
    if !raised.isEmpty { return .ambiguous(kind, id: id, bills: open.isEmpty ? raised : open) }
    return world.party(id: id) == nil ? .unknown(id: id) : .balance(kind, id: id)
  }

  /// Whether a bill may be paid in that currency.
  private func fits(_ bill: Int, _ applied: AppliedAmount) -> Bool {
    world.bills[bill].currency.map { $0 == applied.currency } ?? true
  }
}
