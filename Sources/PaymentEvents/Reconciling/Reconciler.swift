import BillModel

/// Compares events, the ledger, Moment's report and what the API says. Pure: `Reconciler` is given all of them.
package struct Reconciler {
  let world: KnownWorld
  let events: [ReadEvent]
  let joints: [Int64: EventJoint]
  let report: MomentReport?
  let matches: [ReportMatch]
  /// What the API says, by a bill's place in the world.
  let api: [Int: APIBill]

  /// - Parameters:
  ///   - api: what was asked; `nil` where the API wasn't.
  package init(
    _ world: KnownWorld, _ events: [ReadEvent], report: MomentReport? = nil, api: [Int: APIBill]? = nil
  ) {
    var joiner = EventJoiner(world)
    let joined = joiner.joints(of: events)
    let joints = APIEvidence(world, events, joined, api ?? [:]).joints
    self.world = world
    self.events = events
    self.joints = joints
    self.report = report
    self.api = api ?? [:]
    var matcher = ReportMatcher(world, events, joints)
    matches = matcher.matches(of: report?.payments ?? [])
    wasAsked = api != nil
  }

  private let wasAsked: Bool

  /// The whole of it. `bills`: what the ledger knows of all bills, those that nothing names among them.
  package func reconciliation(_ bills: BillTotals) -> Reconciliation {
    var result = Reconciliation()
    result.bills = bills
    result.hasReport = report != nil
    result.reportHasNoPeriod = report.map { $0.period == nil } ?? false
    result.asked = wasAsked ? api.count : nil
    result.askedInVain = api.values.reduce(0) { if case .failed = $1 { $0 + 1 } else { $0 } }
    for (currency, amount) in bills.billed { result.sums[currency, default: ReconcileSums()].billed = amount }
    for (currency, amount) in bills.noted { result.sums[currency, default: ReconcileSums()].noted = amount }
    addEvents(to: &result)
    addBills(to: &result)
    addReport(to: &result)
    for currency in result.currencies {
      guard var sums = result.sums[currency] else { continue }
      sums.open = sums.billed - sums.noted - sums.settled
      result.sums[currency] = sums
    }
    result.lines.sort { left, right in
      let places = (Self.rank(left.standing), Self.rank(right.standing))
      return places.0 != places.1
        ? places.0 < places.1 : (left.reference, left.id) < (right.reference, right.id)
    }
    return result
  }

  private static func rank(_ standing: ReconcileStanding) -> Int {
    ReconcileStanding.allCases.firstIndex(of: standing) ?? 0
  }

  // MARK: Events that stand for themselves

  private func addEvents(to result: inout Reconciliation) {
    var balances: [String: ReconcileLine] = [:]
    for event in events {
      guard let applied = event.applied else {
        add(event, to: &result)
        continue
      }
      result.sums[applied.currency, default: ReconcileSums()].events += applied.amount
      switch joints[event.number] {
      case .bill:
        result.eventsOnBills += 1
        result.sums[applied.currency]?.onBills += applied.amount
      case .balance(let kind, let id):
        result.eventsOnBalances += 1
        result.sums[applied.currency]?.onBalances += applied.amount
        let key = "\(id) \(applied.currency)"
        let line = balances[key] ?? balanceLine(kind, id, applied)
        balances[key] = line.adding(event, applied)
      case .ambiguous(let kind, let id, let bills):
        result.eventsAmbiguous += 1
        result.sums[applied.currency]?.ambiguous += applied.amount
        result.lines.append(ambiguousLine(kind, id, bills, event, applied))
      case .unknown(let id, let unfit):
        result.eventsUnknown += 1
        result.sums[applied.currency]?.unknown += applied.amount
        result.lines.append(unknownLine(id, unfit, event, applied))
      case nil: break
      }
    }
    result.lines += balances.values
  }

  /// An event that says nothing of money, or nothing that can be gone by.
  private func add(_ event: ReadEvent, to result: inout Reconciliation) {
    var line = ReconcileLine(.unreadable, .event)
    line.id = event.event.id
    line.events = 1
    line.firstEvent = event.event.id
    switch event.event.content {
    case .applied(let applied):
      line.currency = applied.currency
      line.note =
        "event \(event.number) of the store says other things under this id than event \(event.contradicts ?? 0), which "
        + "came first and stands: it would be \(MoneyText.major(applied.amount, applied.currency)) \(applied.currency)"
    case .unreadable(let reason): line.note = "event \(event.number) of the store: \(reason)"
    case .other:
      result.otherEvents += 1
      return
    }
    result.unreadableEvents += 1
    result.lines.append(line)
  }

  private func balanceLine(_ kind: PartyKind, _ id: String, _ applied: AppliedAmount) -> ReconcileLine {
    var line = ReconcileLine(.onBalance, kind == .account ? .account : .customer)
    line.id = id
    line.reference = world.party(id: id)?.key.reference ?? ""
    line.row = world.party(id: id)?.row
    line.currency = applied.currency
    return line
  }

  private func ambiguousLine(
    _ kind: PartyKind, _ id: String, _ bills: [Int], _ event: ReadEvent, _ applied: AppliedAmount
  ) -> ReconcileLine {
    var line = ReconcileLine(.ambiguous, kind == .account ? .account : .customer)
    line.id = id
    line.reference = world.party(id: id)?.key.reference ?? ""
    line.currency = applied.currency
    let names = bills.prefix(5).map { world.bills[$0].reference }.joined(separator: ", ")
    let rest = bills.count > 5 ? " and \(bills.count - 5) more" : ""
    line.note = "the event names the \(line.subject.rawValue) alone, and \(bills.count) bills fit: \(names)\(rest)"
    return line.adding(event, applied)
  }

  private func unknownLine(
    _ id: String, _ unfit: EventJoint.Unfit?, _ event: ReadEvent, _ applied: AppliedAmount
  ) -> ReconcileLine {
    var line = ReconcileLine(.unknown, .event)
    line.id = id
    line.currency = applied.currency
    let bill = world.bill(id: id).map { world.bills[$0] }
    line.reference = bill?.reference ?? world.party(id: id)?.key.reference ?? ""
    line.row = bill?.row ?? world.party(id: id)?.row
    line.note = unfit?.words(applied) ?? "no file that this ledger knows raised \(id)"
    return line.adding(event, applied)
  }
}

extension ReconcileLine {
  /// The same with an event more.
  func adding(_ event: ReadEvent, _ applied: AppliedAmount) -> Self {
    var line = self
    line.byEvents += applied.amount
    if line.events == 0 { line.firstEvent = event.event.id }
    line.events += 1
    return line
  }
}
