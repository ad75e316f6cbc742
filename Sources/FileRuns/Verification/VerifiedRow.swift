import BillModel
import MomentAPI

/// One row of a finished file that is read back: what is asked about it, and what the answers say of it.
///
/// Pure: answers go in, a question or a verdict comes out.
struct VerifiedRow {
  /// What is to be read.
  enum Question: Hashable {
    /// The bill of this reference.
    case bill(String)
    case party(PartyKey)
  }

  /// What a row turned out to be.
  enum Verdict: Hashable {
    /// As the row asks.
    case same
    /// The same, and more was paid on it since.
    case paidSince
    /// Otherwise, and a later row of ours has changed it.
    case changedSince
    /// What the row added, or what was added after it, is gone: a late request of ours has set the sum back.
    case takenBack([Verification.Field])
    /// Otherwise.
    case differs([Verification.Field])
  }

  enum Step: Hashable {
    case ask(Question)
    case end(Verdict)
  }

  let record: Int
  let operation: BillOperation
  /// Whether the ledger has a later change of an object: kind and reference.
  let isChangedSince: Bool
  /// Which addition to its sum the row is, by the ledger; `nil` of others, and where this ledger has never sent it.
  let place: Int?
  /// What the ledger knows of the series of a bill that is voided.
  private let history: SeriesHistory
  /// What the row says, and what the API says of the same.
  var sums = Verification.Sums()
  private var evidence: PartyEvidence
  private var bill: RemoteBill?
  /// Which bill of a correction's series is read.
  private var number = 0

  /// - Parameters:
  ///   - settled: The reference under which the row was settled.
  ///   - place: Which addition to its sum the row is, by the ledger.
  ///   - history: Which bills have taken the place of the row's, by the ledger.
  ///   - evidence: The ids of the row's parties, as far as the ledger knows them.
  init(
    record: Int, operation: BillOperation, settled reference: String, isChangedSince: Bool, place: Int? = nil,
    history: SeriesHistory = SeriesHistory(), evidence: PartyEvidence
  ) {
    self.record = record
    self.operation = operation
    self.isChangedSince = isChangedSince
    self.place = place
    self.history = history
    self.evidence = evidence
    if case .correct(let correction) = operation {
      number = correction.series.number(of: reference, correcting: correction.bill.reference) ?? 0
    }
  }

  /// What is asked first.
  var first: Step {
    switch operation {
    case .raise(let bill): .ask(.bill(bill.reference))
    case .raisePaid(let paid): .ask(.bill(paid.bill.reference))
    case .correct(let correction): .ask(.bill(correction.reference(number)))
    case .pay(let payment): .ask(.bill(payment.bill))
    case .void(let bill): .ask(.bill(bill.reference))
    case .set(let values): .ask(.party(values.key))
    case .credit(let credit): .ask(.party(credit.party.key))
    case .skip: .end(.same)
    }
  }

  /// Takes in what was found; `nil`: the API has no such object. `history`: of a row that adds to a sum what the ledger
  /// knows of that.
  mutating func take(_ object: RemoteObject?, to question: Question, _ history: SumHistory = SumHistory()) -> Step {
    if case .party(let key) = question, bill != nil { return take(object?.id, of: key.kind) }
    guard let object else {
      // The series of a bill that is voided is at its end.
      if case .void = operation, number > 0 { return .end(.same) }
      return .end(.differs([Verification.Field(name: "external_reference", asked: "there", found: "absent")]))
    }
    switch (operation, object) {
    case (.raise(let wanted), .bill(let remote)): return compare(remote, with: wanted)
    case (.raisePaid(let paid), .bill(let remote)): return compare(remote, with: paid.bill)
    case (.correct(let correction), .bill(let remote)): return compare(remote, with: correction.bill(number))
    case (.pay(let payment), .bill(let remote)):
      if let addition = operation.addition { return .end(verdict(addition, object, history)) }
      return .end(verdict(payment, remote))
    case (.void(let bill), .bill(let remote)): return isVoided(bill, remote)
    case (.credit, .customer), (.credit, .account):
      guard let addition = operation.addition else { return .end(.same) }
      return .end(verdict(addition, object, history))
    case (.set(let values), .customer), (.set(let values), .account): return .end(verdict(values, object))
    case (.raise, _), (.raisePaid, _), (.correct, _), (.pay, _), (.void, _), (.set, _), (.skip, _),
      (.credit, _):
      return .end(.differs([Verification.Field(name: "id", asked: "an object of its kind", found: object.id)]))
    }
  }

  private mutating func take(_ id: String?, of kind: PartyKind) -> Step {
    let known = id.map { PartyEvidence.Knowledge.id($0) } ?? .absent
    if kind == .account { evidence.account = known } else { evidence.customer = known }
    guard let bill, let wanted = wanted else { return .end(.same) }
    return compare(bill, with: wanted)
  }

  /// The bill that is to be there.
  private var wanted: Bill? {
    if case .correct(let correction) = operation { correction.bill(number) } else { operation.bill }
  }

  private mutating func compare(_ remote: RemoteBill, with wanted: Bill) -> Step {
    bill = remote
    switch BillComparison(of: remote, with: wanted, evidence: evidence) {
    case .same, .samePaid: return .end(paid(remote, wanted))
    case .partyUnknown:
      let parties = wanted.describedParties
      let isAccount = if case .account = wanted.party { true } else { false }
      guard let party = parties.first(where: { ($0.key.kind == .account) == isAccount }) else { return .end(.same) }
      return .ask(.party(party.key))
    case .voided:
      if case .correct(let correction) = operation, number < CorrectionSeries.most, !isChangedSince || number == 0 {
        number += 1
        return .ask(.bill(correction.reference(number)))
      }
      return .end(otherwise([Verification.Field(name: "status", asked: "not voided", found: "voided")]))
    case .differs(let names): return .end(otherwise(names.map { Self.field($0, wanted, remote) }))
    }
  }

  /// A bill that is as it was raised: is what was paid on it as the row says?
  private mutating func paid(_ remote: RemoteBill, _ wanted: Bill) -> Verdict {
    let asked: Int64 = if case .raisePaid(let paid) = operation { paid.amountPaid } else { 0 }
    let found = remote.amountPaid ?? 0
    sums = Verification.Sums(
      currency: wanted.currency, due: (wanted.amountDue, remote.amountDue ?? 0), paid: (asked, found))
    if found == asked { return .same }
    if found > asked { return isChangedSince ? .changedSince : .paidSince }
    return otherwise([Verification.Field(name: "amount_paid", asked: String(asked), found: String(found))])
  }

  /// The whole of what was paid, as the row says it.
  private mutating func verdict(_ payment: Payment, _ remote: RemoteBill) -> Verdict {
    let found = remote.amountPaid ?? 0
    sums = Verification.Sums(currency: payment.currency, paid: (payment.amount, found))
    if found == payment.amount { return .same }
    if found > payment.amount { return isChangedSince ? .changedSince : .paidSince }
    return otherwise([Verification.Field(name: "amount_paid", asked: String(payment.amount), found: String(found))])
  }

  /// The bill, or the one that took its place: a correction of it doesn't stand either.
  private mutating func isVoided(_ bill: VoidedBill, _ remote: RemoteBill) -> Step {
    guard remote.status != .voided else {
      guard bill.series != nil, history.standing(onTheWay: number + 1) == .inPlace else { return .end(.same) }
      number += 1
      return .ask(.bill(history.reference(of: bill, number)))
    }
    return .end(stands(remote))
  }

  private func stands(_ remote: RemoteBill) -> Verdict {
    otherwise([Verification.Field(name: "status", asked: "voided", found: remote.status.map { "\($0)" })])
  }

  private mutating func verdict(_ values: PartyValues, _ object: RemoteObject) -> Verdict {
    if let balance = values.balance, let currency = values.currency {
      sums = Verification.Sums(currency: currency, balance: (balance, object.balance ?? 0))
    }
    let names = object.deviations(from: values)
    guard !names.isEmpty else { return .same }
    return otherwise(names.map { Self.field($0, values, object) })
  }

  func otherwise(_ fields: [Verification.Field]) -> Verdict {
    isChangedSince ? .changedSince : .differs(fields)
  }

  private static func field(_ name: String, _ wanted: Bill, _ remote: RemoteBill) -> Verification.Field {
    let (asked, found): (String?, String?) =
      switch name {
      case "currency": (wanted.currency.description, remote.currency?.description)
      case "amount_due": (String(wanted.amountDue), remote.amountDue.map { String($0) })
      case "bill_date": (wanted.billDate?.description, remote.billDate?.description)
      case "due_date": (wanted.dueDate?.description, remote.dueDate?.description)
      case let name where name.hasPrefix("metadata."):
        Self.metadata(String(name.dropFirst(9)), wanted.metadata, remote.metadata)
      default: (nil, remote.accountID ?? remote.customerID)
      }
    return Verification.Field(name: name, asked: asked, found: found)
  }

  private static func metadata(
    _ key: String, _ wanted: Metadata, _ found: [String: String]
  ) -> (asked: String?, found: String?) {
    (wanted[key], SanitisedText.shown(found[key], asked: wanted[key]))
  }

  /// Names, addresses and telephone numbers are nobody's business here: that they differ is.
  private static func field(_ name: String, _ values: PartyValues, _ object: RemoteObject) -> Verification.Field {
    let (asked, found): (String?, String?) =
      switch name {
      case "balance": (values.balance.map { String($0) }, object.balance.map { String($0) })
      case "currency": (values.currency?.description, nil)
      default: (nil, nil)
      }
    return Verification.Field(name: "\(values.key.kind.rawValue).\(name)", asked: asked, found: found)
  }
}
