/// The kinds of operation, by their names in layouts and reports.
package enum OperationKind: String, CaseIterable, Sendable {
  /// Raise a bill.
  case bill
  /// Create or update a customer.
  case customer
  /// Create or update an account.
  case account
  /// Set the balance of a customer, who is created where there is none.
  case customerBalance = "customer-balance"
  /// Set the balance of an account, which is created where there is none and the row says whose it is.
  case accountBalance = "account-balance"
  /// Set what was paid on a bill in all.
  case payment
  /// Add to what was paid on a bill.
  case paymentAdded = "payment-added"
  /// Void a bill, which can't be undone.
  case void
  /// Void a bill and raise it as it is to be, under the next reference.
  case correct
  /// Each row says by itself which of the others it asks for, in the field `operation`.
  case mixed

  /// Those that a row can ask for.
  package static let ofRows = allCases.filter { $0 != .mixed }

  /// The field that names the object which a row is about.
  package var referencePath: String {
    switch self {
    case .bill, .payment, .paymentAdded, .void, .correct, .mixed: "external_reference"
    case .customer, .customerBalance: "customer.external_reference"
    case .account, .accountBalance: "account.external_reference"
    }
  }

  /// The field whose value stands in a file once.
  package var uniquePath: String { self == .paymentAdded ? "payment_reference" : referencePath }

  /// The field that holds the money of a row, in minor units; `nil` where a row is about none.
  package var amountPath: String? {
    switch self {
    case .bill, .correct: "amount_due"
    case .customerBalance: "customer.balance"
    case .accountBalance: "account.balance"
    case .payment: "amount_paid"
    case .paymentAdded: "payment_amount"
    case .customer, .account, .void, .mixed: nil
    }
  }

  /// The field that holds the currency of that money.
  package var currencyPath: String? {
    switch self {
    case .bill, .payment, .paymentAdded, .correct: "currency"
    case .customerBalance: "customer.currency"
    case .accountBalance: "account.currency"
    case .customer, .account, .void, .mixed: nil
    }
  }

  /// What a row is about, in a word for people: `bill`, `balance`.
  package var noun: String {
    switch self {
    case .bill, .customer, .account: rawValue
    case .customerBalance, .accountBalance: "balance"
    case .payment, .paymentAdded: "payment"
    case .void: "void"
    case .correct: "correction"
    case .mixed: "row"
    }
  }

  /// Whether a row states a figure that moves with payments, so that an older file's must not overwrite a newer one's.
  package var setsBalance: Bool {
    switch self {
    case .customerBalance, .accountBalance: true
    case .bill, .customer, .account, .payment, .paymentAdded, .void, .correct, .mixed: false
    }
  }
}
