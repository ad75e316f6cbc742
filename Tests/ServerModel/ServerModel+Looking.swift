// What a GET shows.
extension ServerModel {
  /// The bill of a reference.
  package func bill(_ reference: String) -> ServerBill? { bills.first { $0.reference == reference } }

  /// The account of a reference.
  package func account(_ reference: String) -> ServerAccount? { accounts.first { $0.reference == reference } }

  /// The customer of a reference.
  package func customer(_ reference: String) -> ServerCustomer? { customers.first { $0.reference == reference } }

  /// The references of account and customer that a bill hangs on.
  package func parties(of bill: ServerBill) -> (account: String?, customer: String?) {
    (
      accounts.first { $0.id == bill.accountID }?.reference,
      customers.first { $0.id == bill.customerID }?.reference
    )
  }

  func look(_ path: String) -> ServerAnswer {
    let parts = path.split(separator: "/").map(String.init)
    guard parts.count == 3, parts[0] == "billing" else { return problem(404, "no such place") }
    let name = parts[2]
    switch parts[1] {
    case "bills":
      if let bill = bills.first(where: { $0.id == name || $0.reference == name }) {
        return ServerAnswer(status: 200, shown(bill))
      }
    case "accounts":
      if let account = accounts.first(where: { $0.id == name || $0.reference == name }) {
        return ServerAnswer(status: 200, shown(account))
      }
    case "customers":
      if let customer = customers.first(where: { $0.id == name || $0.reference == name }) {
        return ServerAnswer(status: 200, shown(customer))
      }
    default: break
    }
    return problem(404, "no such object")
  }

  func shown(_ customer: ServerCustomer) -> JSON {
    var members = customer.attributes.members
    members["id"] = .string(customer.id)
    members["external_reference"] = .string(customer.reference)
    return .object(members)
  }

  func shown(_ account: ServerAccount) -> JSON {
    var members = account.attributes.members
    members["id"] = .string(account.id)
    members["external_reference"] = .string(account.reference)
    members["customer_id"] = .string(account.customerID)
    return .object(members)
  }

  func shown(_ bill: ServerBill) -> JSON {
    var members: [String: JSON] = [
      "id": .string(bill.id), "external_reference": .string(bill.reference), "currency": .string(bill.currency),
      "amount_due": .integer(bill.amountDue), "amount_paid": .integer(bill.amountPaid),
      "amount_remaining": .integer(bill.amountDue - bill.amountPaid),
      "status": .string(bill.status), "metadata": .object(bill.metadata.mapValues { .string($0) }),
    ]
    members["bill_date"] = bill.billDate.map { .string($0) }
    members["due_date"] = bill.dueDate.map { .string($0) }
    members["account_id"] = bill.accountID.map { .string($0) }
    if bill.accountID == nil || readings.showsCustomer { members["customer_id"] = .string(bill.customerID) }
    return .object(members)
  }
}

// What a body says, for whoever watches.
extension ServerModel {
  /// How many objects a POST makes, or takes; 1 of a void.
  package static func stepCount(of call: ServerCall) -> Int { work(of: call)?.steps.count ?? 0 }

  /// The reference of the bill that a POST to this path voids; `nil` for another path.
  package static func voided(by path: String) -> String? {
    let parts = path.split(separator: "/").map(String.init)
    return parts.count == 4 && parts[1] == "bills" && parts[3] == "void" ? parts[2] : nil
  }

  /// A bill and those that correct it, in their order, as far as they are there.
  package func series(_ reference: String) -> [ServerBill] {
    var found = bill(reference).map { [$0] } ?? []
    while let next = bill("\(reference)-R\(max(found.count, 1))") { found.append(next) }
    return found
  }

  /// The reference of the object that a PATCH to this path changes; `nil` for another path.
  package static func changed(by path: String) -> String? {
    let parts = path.split(separator: "/").map(String.init)
    return parts.count == 3 ? parts[2] : nil
  }

  /// A pair of the metadata in a body.
  package static func metadata(_ key: String, in body: [UInt8]) -> String? {
    JSONReader.value(of: body)?["metadata"]?[key]?.text
  }

  /// The reference of the object in a body.
  package static func reference(in body: [UInt8]) -> String? {
    JSONReader.value(of: body)?["external_reference"]?.text
  }

  /// The amount of the bill in a body, in minor units.
  package static func amount(in body: [UInt8]) -> Int64? { JSONReader.value(of: body)?["amount_due"]?.number }
}
