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
  private var kinds: Set<Kind> = []
  private var firsts: [Int] = []
  private var others: [Int] = []

  /// - Parameter count: how many rows are to be chosen.
  init(count: Int) { self.count = count }

  /// Whether looking further changes little: there are enough rows.
  var isFull: Bool { firsts.count >= count }

  /// Offers the next row.
  mutating func offer(_ record: Int, _ bill: Bill, _ ledger: Ledger) throws(LedgerError) {
    var known: [Bool] = []
    for party in bill.describedParties { known.append(try ledger.party(party.key) != nil) }
    if kinds.insert(Kind(shape: bill.party.shape, known: known)).inserted {
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
