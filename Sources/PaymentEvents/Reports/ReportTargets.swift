import BillModel

/// What the lines of Moment's report name, held against what events are about.
struct ReportTargets {
  private let world: KnownWorld
  private let joints: [Int64: EventJoint]
  /// Of bills that events are about, by their first event, where the ledger doesn't know it.
  private var currencies: [Int: CurrencyCode] = [:]

  init(_ world: KnownWorld, _ events: [ReadEvent], _ joints: [Int64: EventJoint]) {
    self.world = world
    self.joints = joints
    for event in events {
      guard let applied = event.applied, case .bill(let bill, _) = joints[event.number] else { continue }
      currencies[bill] = currencies[bill] ?? applied.currency
    }
  }

  /// What an event is filed by; `nil` where it is about nothing known.
  func target(of event: ReadEvent) -> String? {
    switch joints[event.number] {
    case .bill(let bill, _): "bill \(bill)"
    case .balance(_, let id), .ambiguous(_, let id, _): id
    case .unknown, nil: nil
    }
  }

  /// The currency of a bill; `nil` where nobody knows it.
  func currency(of bill: Int) -> CurrencyCode? { world.bills[bill].currency ?? currencies[bill] }

  /// What the ledger knows of what a line names, as events are filed by it.
  func named(by payment: ReportedPayment) -> [(target: String, match: ReportMatch)] {
    bills(payment).map { ("bill \($0)", .bill($0)) } + parties(payment).map { ($0.id, .party($0.id)) }
  }

  /// Whether a line names what an event is about.
  func names(_ event: ReadEvent, _ payment: ReportedPayment) -> Bool {
    if case .ambiguous(_, _, let bills) = joints[event.number], self.bills(payment).contains(where: bills.contains) {
      return true
    }
    return target(of: event).map { target in named(by: payment).contains { $0.target == target } } ?? false
  }

  /// In words, what a line names that isn't what the event of its payment is about; `nil` where nothing speaks against it.
  func other(than event: ReadEvent, _ payment: ReportedPayment) -> String? {
    if names(event, payment) { return nil }
    let about: (words: String, bills: [Int], isOf: (KnownWorld.Party) -> Bool, kind: PartyKind?)
    switch joints[event.number] {
    case .bill(let index, _):
      let bill = world.bills[index]
      about = ("bill \(bill.reference)", [index], { bill.isOf($0) }, bill.party?.kind)
    case .balance(let kind, let id), .ambiguous(let kind, let id, _):
      about = (
        "\(kind) \(world.party(id: id)?.key.reference ?? id)", world.bills(on: kind, id: id), { $0.id == id }, kind
      )
    case .unknown, nil: return nil
    }
    if let bill = bills(payment).first {
      return about.bills.contains(bill)
        ? nil : "it names bill \(world.bills[bill].reference), and its event is about \(about.words)"
    }
    let rivals = parties(payment).filter { $0.key.kind == about.kind }
    guard let rival = rivals.first, !rivals.contains(where: about.isOf) else { return nil }
    return "it names \(rival.key.kind) \(rival.key.reference), and its event is about \(about.words)"
  }

  private func names(_ payment: ReportedPayment) -> [String] {
    [payment.merchantReference, payment.customerReference].filter { !$0.isEmpty }
  }

  private func bills(_ payment: ReportedPayment) -> [Int] {
    names(payment).flatMap { [world.bill(reference: $0), world.bill(id: $0)].compactMap { $0 } }
  }

  private func parties(_ payment: ReportedPayment) -> [KnownWorld.Party] {
    names(payment).flatMap { name in
      [world.party(PartyKey(.account, name)), world.party(PartyKey(.customer, name)), world.party(id: name)]
        .compactMap { $0 }
    }
  }
}

extension KnownBill {
  /// Whether it was raised on a party.
  fileprivate func isOf(_ owner: KnownWorld.Party) -> Bool {
    guard let party, party.kind == owner.key.kind else { return false }
    return party.name == (party.isID ? owner.id : owner.key.reference)
  }
}
