import BillModel
import Tabular

/// Gives a row's parties the description of the first row that names them, and what others fill in it.
struct PartyDescriber {
  private static let mostKept = 256

  private struct Key: Hashable {
    var record: UInt32
    var kind: PartyKind
  }

  private let origins: PartyOrigins
  private let fetcher: RecordFetcher
  private let builder: OperationBuilder
  private var kept: [Key: BillOperation] = [:]

  init(origins: PartyOrigins, fetcher: RecordFetcher, builder: OperationBuilder) {
    self.origins = origins
    self.fetcher = fetcher
    self.builder = builder
  }

  /// The operation of a row, with its parties as the file describes them.
  mutating func described(_ operation: BillOperation, record: UInt32) throws(IntakeError) -> BillOperation {
    let entries = origins.entries(of: record)
    guard !entries.isEmpty else { return operation }
    var described = operation
    for entry in entries {
      guard let first = try whole(Key(record: entry.first, kind: entry.kind)) else { continue }
      described = Self.operation(described, like: first, entry.kind)
    }
    return described
  }

  private static func operation(
    _ operation: BillOperation, like first: BillOperation, _ kind: PartyKind
  ) -> BillOperation {
    if case (.set(var values), .set(let other)) = (operation, first), kind == .customer, values.owner != nil,
      other.owner != nil
    {
      values.owner = other.owner
      return .set(values)
    }
    guard let own = operation.party, let other = first.party else { return operation }
    return operation.about(party(own, like: other, kind))
  }

  private static func party(_ party: BillParty, like first: BillParty, _ kind: PartyKind) -> BillParty {
    switch (party, kind) {
    case (.account(let account), .account):
      guard case .account(var described) = first else { return party }
      described.customer = account.customer
      return .account(described)
    case (.account(var account), .customer):
      guard let customer = first.customer else { return party }
      account.customer = customer
      return .account(account)
    case (.customer, .customer): return first.customer.map { .customer($0) } ?? party
    case (.customer, .account), (.customerID, _), (.accountID, _): return party
    }
  }

  /// A first row's operation, with its party of a kind filled.
  private mutating func whole(_ key: Key) throws(IntakeError) -> BillOperation? {
    if let known = kept[key] { return known }
    var found = try stated(by: key.record)
    for filling in origins.fillings(key.kind, of: key.record) {
      guard let other = try stated(by: filling) else { continue }
      found = found?.filled(by: other, key.kind)
    }
    if kept.count >= Self.mostKept { kept.removeAll(keepingCapacity: true) }
    kept[key] = found
    return found
  }

  /// What a row says that may lie behind all that was read again so far.
  ///
  /// - Throws: `IntakeError.changed` where it isn't what pass one read.
  private func stated(by filling: PartyOrigins.Filling) throws(IntakeError) -> BillOperation? {
    var found: BillOperation?
    var isAsBefore = false
    try fetcher.fetch([filling.record]) { [builder] batch, span throws(IntakeError) in
      let cells = RowCells(batch, span)
      isAsBefore = cells.digest() == filling.content
      found = builder.operation(cells)
    }
    guard isAsBefore else { throw .changed(name: fetcher.input.name, byteOffset: fetcher.start(of: filling.record)) }
    return found
  }

  private func stated(by record: UInt32) throws(IntakeError) -> BillOperation? {
    var found: BillOperation?
    try fetcher.fetch([record]) { [builder] batch, span throws(IntakeError) in
      found = builder.operation(RowCells(batch, span))
    }
    return found
  }
}

extension BillOperation {
  /// With what its party of a kind leaves empty as another operation has it.
  fileprivate func filled(by other: BillOperation, _ kind: PartyKind) -> BillOperation {
    if case (.set(var values), .set(let more)) = (self, other), kind == .customer, let owner = more.owner {
      values.owner?.fill(from: owner)
      return .set(values)
    }
    guard var party, let more = other.party else { return self }
    party.fill(from: more, kind)
    return about(party)
  }

  /// The party that the row describes with a bill, or with what goes to a balance instead of one; `nil` for other rows.
  fileprivate var party: BillParty? {
    switch self {
    case .raise(let bill): bill.party
    case .raisePaid(let paid): paid.bill.party
    case .credit(let credit): BillParty(credit.party)
    case .skip, .correct, .set, .pay, .void: nil
    }
  }

  /// The same with another description of its party.
  fileprivate func about(_ party: BillParty) -> BillOperation {
    switch self {
    case .raise(var bill):
      bill.party = party
      return .raise(bill)
    case .raisePaid(var paid):
      paid.bill.party = party
      return .raisePaid(paid)
    case .credit(var credit):
      guard let values = PartyValues(of: party) else { return self }
      credit.party = values
      return .credit(credit)
    case .skip, .correct, .set, .pay, .void: return self
    }
  }
}

extension BillParty {
  /// The party of what goes to a balance; `nil` for an account of which the row doesn't say whose it is.
  fileprivate init?(_ values: PartyValues) {
    switch (values.key.kind, values.owner) {
    case (.customer, _):
      self = .customer(
        Customer(
          reference: values.key.reference, name: values.name, email: values.email, phone: values.phone,
          currency: values.currency, balance: values.balance, metadata: values.metadata))
    case (.account, let owner?):
      self = .account(
        Account(
          reference: values.key.reference, name: values.name, currency: values.currency, balance: values.balance,
          metadata: values.metadata, customer: owner))
    case (.account, nil): return nil
    }
  }

  /// The customer that the row describes; `nil` where it names one by an id.
  fileprivate var customer: Customer? {
    switch self {
    case .customer(let customer): customer
    case .account(let account): account.customer
    case .customerID, .accountID: nil
    }
  }

  fileprivate mutating func fill(from other: BillParty, _ kind: PartyKind) {
    switch (self, kind) {
    case (.account(var account), .account):
      guard case .account(let more) = other else { return }
      account.fill(from: more)
      self = .account(account)
    case (.account(var account), .customer):
      guard let more = other.customer else { return }
      account.customer.fill(from: more)
      self = .account(account)
    case (.customer(var customer), .customer):
      guard let more = other.customer else { return }
      customer.fill(from: more)
      self = .customer(customer)
    case (.customer, .account), (.customerID, _), (.accountID, _): return
    }
  }
}
