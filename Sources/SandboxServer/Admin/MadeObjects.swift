/// What a request created, by serial: at most one object of each kind, however the request ended.
struct MadeObjects: Equatable, Sendable {
  private(set) var customer: UInt32?
  private(set) var account: UInt32?
  private(set) var bill: UInt32?

  init() {}

  /// What was added to a store between two looks at it.
  init(from before: Counts, to after: Counts) {
    customer = Self.added(before.customers, after.customers)
    account = Self.added(before.accounts, after.accounts)
    bill = Self.added(before.bills, after.bills)
  }

  /// Kind and serial of each, in the order in which they were made.
  var list: [(kind: ObjectKind, serial: UInt32)] {
    let all: [(ObjectKind, UInt32?)] = [(.customer, customer), (.account, account), (.bill, bill)]
    return all.compactMap { kind, serial in serial.map { (kind, $0) } }
  }

  private static func added(_ before: Int, _ after: Int) -> UInt32? {
    after > before ? UInt32(after - 1) : nil
  }
}

extension MadeObjects {
  /// How many objects a store holds.
  struct Counts {
    let customers: Int
    let accounts: Int
    let bills: Int

    init(_ objects: borrowing ObjectStore) {
      customers = objects.customers.count
      accounts = objects.accounts.count
      bills = objects.bills.count
    }
  }
}
