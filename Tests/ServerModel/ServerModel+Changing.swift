// What a PATCH does: it has no key, and whenever it is carried out it sets what it gives.
extension ServerModel {
  /// Carries out a PATCH. A fault after one step comes when that is done.
  mutating func change(_ call: ServerCall, _ fault: ServerFault?) -> ServerAnswer {
    if let fault, fault.steps == 0 { return Self.failure(fault) }
    let parts = call.path.split(separator: "/").map(String.init)
    guard parts.count == 3, let body = JSONReader.value(of: call.body) else { return problem(400, "malformed") }
    let answer = change(parts[1], parts[2], body)
    return fault.map(Self.failure) ?? answer
  }

  private mutating func change(_ collection: String, _ name: String, _ body: JSON) -> ServerAnswer {
    switch collection {
    case "customers":
      guard let known = customers.first(where: { $0.id == name || $0.reference == name }) else { break }
      change(customer: known.id) { $0.set(body) }
      return look("/billing/customers/\(known.id)")
    case "accounts":
      guard let known = accounts.first(where: { $0.id == name || $0.reference == name }) else { break }
      change(account: known.id) { $0.set(body) }
      return look("/billing/accounts/\(known.id)")
    case "bills":
      guard let known = bills.first(where: { $0.id == name || $0.reference == name }) else { break }
      return change(known, body)
    default: break
    }
    return problem(404, "no such object")
  }

  private mutating func change(_ known: ServerBill, _ body: JSON) -> ServerAnswer {
    guard known.status != "voided" else { return problem(409, "the bill is voided") }
    let paid = body["amount_paid"]?.number ?? known.amountPaid
    guard (0...known.amountDue).contains(paid) else { return problem(422, "more is paid than is due") }
    change(bill: known.id) { bill in
      bill.amountPaid = paid
      bill.status = paid == bill.amountDue ? "paid" : "unpaid"
      if case .object(let pairs) = body["metadata"] { bill.metadata.merge(pairs.compactMapValues(\.text)) { $1 } }
    }
    return look("/billing/bills/\(known.id)")
  }

  /// Somebody gives a party another name.
  package mutating func rename(_ reference: String, to name: String) {
    edit(reference) { $0.name = name }
  }

  /// Somebody sets a party's balance.
  package mutating func setBalance(_ reference: String, to balance: Int64) {
    edit(reference) { ($0.balance, $0.currency) = (balance, "ZAR") }
  }

  private mutating func edit(_ reference: String, _ edit: (inout ServerAttributes) -> Void) {
    if let customer = customer(reference) { change(customer: customer.id, edit) }
    if let account = account(reference) { change(account: account.id, edit) }
  }

  /// What a party has, whichever kind it is of.
  package func attributes(_ reference: String) -> ServerAttributes? {
    account(reference)?.attributes ?? customer(reference)?.attributes
  }
}
