/// The kinds of objects that the API keeps.
enum ObjectKind: UInt8, CaseIterable, Sendable {
  case customer, account, bill

  /// What its ids begin with.
  var prefix: String {
    switch self {
    case .customer: "bcus_"
    case .account: "bacc_"
    case .bill: "bill_"
    }
  }

  /// Its name in prose and in the names of counts.
  var name: String {
    switch self {
    case .customer: "customer"
    case .account: "account"
    case .bill: "bill"
    }
  }

  /// The last part of its collection's path.
  var collection: String { name + "s" }
}
