import BillLedger
import BillModel

/// Chooses the rows of a file that go first: one of each kind as they come, new and known parties among them, then the
/// next ones.
struct CanaryChoice {
  /// What makes rows different for the API.
  private struct Kind: Hashable {
    var shape: String
    /// Of the parties that the row describes, whether the ledger knows them.
    var known: [Bool]
  }

  /// How many rows are looked at, at most.
  static let reach = 100_000

  private let count: Int
  private let series: CorrectionSeries
  private var kinds: Set<Kind> = []
  /// The objects that rows before are about, by a hash: only the first row of each may go before others.
  private var objects: Set<Int> = []
  /// The same of bills that corrections are called after by whose names rows before go.
  private var corrected: Set<Int> = []
  private var firsts: [Int] = []
  private var others: [Int] = []

  /// - Parameters:
  ///   - count: how many rows are to be chosen.
  ///   - series: how the file's bills are called that take the place of others.
  init(count: Int, series: CorrectionSeries) { (self.count, self.series) = (count, series) }

  /// Whether looking further changes little: there are enough rows.
  var isFull: Bool { firsts.count >= count }

  /// Whether no row before is about the same object, nor about a bill in whose place it may be, or that may be in its own; to be
  /// asked of every row in the file's order.
  mutating func isFirst(_ operation: BillOperation) -> Bool {
    guard let object = operation.objectLane?.hashValue else { return false }
    let isOnABill = operation.changedParty == nil
    let above = isOnABill ? series.firsts(of: operation.reference).map { BillOperation.lane(ofBill: $0).hashValue } : []
    let isFirst = !objects.contains(object) && !corrected.contains(object) && objects.isDisjoint(with: above)
    objects.insert(object)
    corrected.formUnion(above)
    return isFirst
  }

  /// Offers the next row.
  mutating func offer(_ record: Int, _ operation: BillOperation, _ ledger: Ledger) throws(LedgerError) {
    var known: [Bool] = []
    for party in operation.describedParties { known.append(try ledger.party(party.key) != nil) }
    if let party = operation.changedParty { known.append(try ledger.party(party) != nil) }
    let shape = "\(operation.kind.rawValue) \(operation.bill?.party.shape ?? "")"
    if kinds.insert(Kind(shape: shape, known: known)).inserted {
      firsts.append(record)
    } else if others.count < count {
      others.append(record)
    }
  }

  /// The rows that were chosen.
  var records: Set<Int> { Set((firsts + others).prefix(count)) }
}

extension BillParty {
  fileprivate var shape: String {
    switch self {
    case .customer: "customer"
    case .customerID: "customer id"
    case .account: "account"
    case .accountID: "account id"
    }
  }
}
