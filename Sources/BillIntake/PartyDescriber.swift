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
    switch (operation, first) {
    case (.raise(var bill), _):
      guard let other = first.bill else { return operation }
      bill.party = party(bill.party, like: other.party, kind)
      return .raise(bill)
    case (.raisePaid(var paid), _):
      guard let other = first.bill else { return operation }
      paid.bill.party = party(paid.bill.party, like: other.party, kind)
      return .raisePaid(paid)
    case (.set(var values), .set(let other)) where kind == .customer && values.owner != nil && other.owner != nil:
      values.owner = other.owner
      return .set(values)
    case (.skip, _), (.credit, _), (.correct, _), (.set, _), (.pay, _), (.void, _): return operation
    }
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
    switch (self, other) {
    case (.raise(var bill), _):
      guard let more = other.bill else { return self }
      bill.party.fill(from: more.party, kind)
      return .raise(bill)
    case (.raisePaid(var paid), _):
      guard let more = other.bill else { return self }
      paid.bill.party.fill(from: more.party, kind)
      return .raisePaid(paid)
    case (.set(var values), .set(let more)) where kind == .customer:
      guard let owner = more.owner else { return self }
      values.owner?.fill(from: owner)
      return .set(values)
    case (.skip, _), (.credit, _), (.correct, _), (.set, _), (.pay, _), (.void, _): return self
    }
  }
}

extension BillParty {
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
