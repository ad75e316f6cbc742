import BillModel

/// Settles ambiguous events by what the API says, where that leaves no choice.
///
/// The events of a party that fit several bills are taken together. Where one of the bills has exactly their sum beyond
/// what other events and files of payments explain, and the others have nothing unexplained, it is that one. Anything else
/// stays ambiguous.
struct APIEvidence {
  private let world: KnownWorld
  private let events: [ReadEvent]
  private let first: [Int64: EventJoint]
  private let api: [Int: APIBill]

  init(_ world: KnownWorld, _ events: [ReadEvent], _ joints: [Int64: EventJoint], _ api: [Int: APIBill]) {
    self.world = world
    self.events = events
    first = joints
    self.api = api
  }

  /// The joints, with what the API settles.
  var joints: [Int64: EventJoint] {
    guard !api.isEmpty else { return first }
    var joints = first
    var explained: [Int: Int64] = [:]
    var groups: [String: (events: [ReadEvent], bills: Set<Int>)] = [:]
    for event in events {
      guard let applied = event.applied else { continue }
      switch first[event.number] {
      case .bill(let bill, _): explained[bill, default: 0] += applied.amount
      case .ambiguous(_, let id, let bills):
        let key = "\(id) \(applied.currency)"
        groups[key, default: ([], [])].events.append(event)
        groups[key]?.bills.formUnion(bills)
      case .balance, .unknown, nil: break
      }
    }
    for group in groups.values {
      guard let bill = only(group.bills, explained, sum: group.events.reduce(0) { $0 + ($1.applied?.amount ?? 0) })
      else { continue }
      for event in group.events { joints[event.number] = .bill(bill, .api) }
    }
    return joints
  }

  /// The bill that must have got the sum; `nil` where that isn't certain.
  private func only(_ bills: Set<Int>, _ explained: [Int: Int64], sum: Int64) -> Int? {
    var candidate: Int?
    for bill in bills {
      guard case .found(let paid, _, _) = api[bill], world.bills[bill].total == nil else { return nil }
      let rest = paid - (explained[bill] ?? 0) - world.bills[bill].added
      if rest == 0 { continue }
      guard rest == sum, candidate == nil else { return nil }
      candidate = bill
    }
    return candidate
  }
}
