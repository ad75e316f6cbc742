import BillModel

/// How a row's claim is kept: a number that never changes its meaning; nothing for the reference of a bill to be raised.
enum ClaimCode: Int64 {
  case customer = 0
  case account = 1
  case bill = 2
  case customerBalance = 8
  case accountBalance = 9
  case customerAddition = 10
  case accountAddition = 11

  /// `nil` for a claim that is kept as nothing.
  init?(_ claim: RowClaim) {
    switch claim {
    case .newBill: return nil
    case .change(of: .customer, let setsBalance, let adds):
      self = adds ? .customerAddition : setsBalance ? .customerBalance : .customer
    case .change(of: .account, let setsBalance, let adds):
      self = adds ? .accountAddition : setsBalance ? .accountBalance : .account
    case .change(of: .bill, _, _): self = .bill
    }
  }

  var claim: RowClaim {
    switch self {
    case .customer: .change(of: .customer, setsBalance: false)
    case .account: .change(of: .account, setsBalance: false)
    case .bill: .change(of: .bill, setsBalance: false)
    case .customerBalance: .change(of: .customer, setsBalance: true)
    case .accountBalance: .change(of: .account, setsBalance: true)
    case .customerAddition: .change(of: .customer, setsBalance: true, adds: true)
    case .accountAddition: .change(of: .account, setsBalance: true, adds: true)
    }
  }
}

extension ObjectKind {
  /// How the kind is kept; those of parties are `PartyKind.code`.
  var code: Int64 {
    switch self {
    case .customer: 0
    case .account: 1
    case .bill: 2
    }
  }
}
