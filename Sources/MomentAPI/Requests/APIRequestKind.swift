/// What a request asks of the API.
package enum APIRequestKind: String, CaseIterable, Sendable {
  case createBill, createAccount, createCustomer
  case getBill, getAccount, getCustomer
  case updateAccount, updateCustomer, updateBill
  case voidBill

  /// What the answer is about.
  package enum Subject: Sendable {
    case bill, account, customer
  }

  package var subject: Subject {
    switch self {
    case .createBill, .getBill, .updateBill, .voidBill: .bill
    case .createAccount, .getAccount, .updateAccount: .account
    case .createCustomer, .getCustomer, .updateCustomer: .customer
    }
  }

  /// Whether it makes an object: a POST, under an idempotency key.
  package var isCreate: Bool {
    switch self {
    case .createBill, .createAccount, .createCustomer: true
    case .getBill, .getAccount, .getCustomer, .updateAccount, .updateCustomer, .updateBill, .voidBill: false
    }
  }

  /// Whether it goes under an idempotency key: every POST.
  package var isKeyed: Bool { isCreate || self == .voidBill }

  /// The HTTP method: `POST`, `GET` or `PATCH`.
  package var method: String {
    switch self {
    case .createBill, .createAccount, .createCustomer, .voidBill: "POST"
    case .getBill, .getAccount, .getCustomer: "GET"
    case .updateAccount, .updateCustomer, .updateBill: "PATCH"
    }
  }

  /// The path of the collection, below the base URL.
  package var collection: String {
    switch subject {
    case .bill: "/billing/bills"
    case .account: "/billing/accounts"
    case .customer: "/billing/customers"
    }
  }
}
