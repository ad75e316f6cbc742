import BillModel

/// How a body's form is kept: a number that never changes its meaning, and the id that it names.
enum FormCode: Int64 {
  case nested = 0
  case accountUnder = 1
  case account = 2
  case customer = 3
  case change = 4

  init(_ form: BodyForm) {
    switch form {
    case .nested: self = .nested
    case .accountUnder: self = .accountUnder
    case .account: self = .account
    case .customer: self = .customer
    case .change: self = .change
    }
  }

  /// The form with the id that was kept beside it.
  func form(id: String) -> BodyForm {
    switch self {
    case .nested: .nested
    case .accountUnder: .accountUnder(customerID: id)
    case .account: .account(id: id)
    case .customer: .customer(id: id)
    case .change: .change
    }
  }
}

extension BodyForm {
  /// The id that the form names; `nil` where it names none.
  var partyID: String? {
    switch self {
    case .nested, .change: nil
    case .accountUnder(let id), .account(let id), .customer(let id): id
    }
  }
}

extension PartyKind {
  /// How the kind is kept.
  var code: Int64 {
    switch self {
    case .customer: 0
    case .account: 1
    }
  }

  init?(code: Int64) {
    switch code {
    case 0: self = .customer
    case 1: self = .account
    default: return nil
    }
  }
}
