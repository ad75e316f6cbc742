import SchemaRules

/// A payment that somebody makes in the sandbox.
struct PaymentOrder {
  /// What is paid: a bill, or towards the balance of an account or a customer.
  let kind: ObjectKind
  /// Its id or external reference.
  let name: String
  /// Minor units; nil: what remains of the bill.
  let amount: Int64?
  /// Where the object has none of its own.
  let currency: CurrencyTag?
  /// Whom the event names; nil: as the reading has it.
  let names: Readings.EventNames?

  /// `{"bill"|"account"|"customer": NAME, "amount": N, "currency": "ZAR", "names": "bill"|"party"}`.
  init(_ value: JSONValue?) throws(Problem) {
    guard let object = value?.object else { throw Problem(400, "a payment is an object", at: "") }
    let targets = ObjectKind.allCases.filter { object[$0.name] != nil }
    guard targets.count == 1, let name = object[targets[0].name]?.string else {
      throw Problem(400, "exactly one of bill, account and customer is required, by id or external reference")
    }
    kind = targets[0]
    self.name = name
    amount = object["amount"]?.integer
    if object["amount"] != nil || kind != .bill {
      guard let amount, (1...99_999_999).contains(amount) else {
        throw Problem(400, "amount is minor units from 1 to 99999999", at: "/amount")
      }
    }
    currency = object["currency"]?.string.flatMap(CurrencyTag.init)
    names = object["names"]?.string.flatMap(Readings.EventNames.init)
  }
}
