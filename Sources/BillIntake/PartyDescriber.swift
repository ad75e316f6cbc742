import BillModel
import Tabular

/// Gives a row's parties the description of the first row that names them.
struct PartyDescriber {
  private static let mostKept = 256

  private let origins: PartyOrigins
  private let fetcher: RecordFetcher
  private let builder: OperationBuilder
  private var kept: [UInt32: BillParty] = [:]

  init(origins: PartyOrigins, fetcher: RecordFetcher, builder: OperationBuilder) {
    self.origins = origins
    self.fetcher = fetcher
    self.builder = builder
  }

  /// The operation of a row, with its parties as their first rows describe them.
  mutating func described(_ operation: BillOperation, record: UInt32) throws(IntakeError) -> BillOperation {
    let entries = origins.entries(of: record)
    guard !entries.isEmpty, case .raise(var bill) = operation else { return operation }
    for entry in entries {
      guard let first = try party(of: entry.first) else { continue }
      bill.party = Self.party(bill.party, like: first, entry.kind)
    }
    return .raise(bill)
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

  private mutating func party(of record: UInt32) throws(IntakeError) -> BillParty? {
    if let known = kept[record] { return known }
    var found: BillParty?
    try fetcher.fetch([record]) { [builder] batch, span throws(IntakeError) in
      if case .raise(let bill) = builder.operation(RowCells(batch, span)) { found = bill.party }
    }
    if kept.count >= Self.mostKept { kept.removeAll(keepingCapacity: true) }
    kept[record] = found
    return found
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
}
