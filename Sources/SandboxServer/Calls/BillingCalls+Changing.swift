import SchemaRules

extension BillingCalls {
  /// Most pairs of metadata, after merging too.
  private static let metadataLimit = 20

  mutating func updateCustomer(_ name: String, _ value: JSONValue) throws(Problem) -> UInt32 {
    let serial = try find(.customer, name)
    let given = try attributes(.customer, value)
    try checkMetadata(given.metadata, onto: objects.customers[Int(serial)].metadata)
    objects.update(customer: serial, given)
    return serial
  }

  mutating func updateAccount(_ name: String, _ value: JSONValue) throws(Problem) -> UInt32 {
    let serial = try find(.account, name)
    let given = try attributes(.account, value)
    try checkMetadata(given.metadata, onto: objects.accounts[Int(serial)].metadata)
    objects.update(account: serial, given)
    return serial
  }

  mutating func updateBill(_ name: String, _ value: JSONValue) throws(Problem) -> UInt32 {
    let serial = try find(.bill, name)
    try rules.change(.bill, value)
    let change = try BillChange(value)
    let bill = objects.bills[Int(serial)]
    if bill.status == .voided { throw Problem(409, "the bill is voided and can't be changed") }
    if let currency = change.currency, currency != bill.currency {
      throw Problem(422, "the bill is in \(bill.currency.text), not \(currency.text)", at: "/currency")
    }
    if let amount = change.amountPaid, amount > bill.amountDue {
      throw Problem(422, "amount_paid \(amount) is more than amount_due \(bill.amountDue)", at: "/amount_paid")
    }
    try checkMetadata(change.metadata, onto: bill.metadata)
    apply(change, to: serial)
    return serial
  }

  mutating func void(_ name: String) throws(Problem) -> UInt32 {
    let serial = try find(.bill, name)
    if objects.bills[Int(serial)].status == .voided, readings.voidTwice == .conflict {
      throw Problem(409, "the bill is voided already")
    }
    objects.bills[Int(serial)].status = .voided
    return serial
  }

  private mutating func apply(_ change: BillChange, to serial: UInt32) {
    if let amount = change.amountPaid {
      let due = objects.bills[Int(serial)].amountDue
      objects.bills[Int(serial)].amountPaid = amount
      objects.bills[Int(serial)].status = amount == due ? .paid : .unpaid
    }
    let merged = objects.merge(change.metadata, into: objects.bills[Int(serial)].metadata)
    if merged != objects.bills[Int(serial)].metadata { objects.setMetadata(merged, ofBill: serial) }
  }

  private func attributes(_ kind: ObjectKind, _ value: JSONValue) throws(Problem) -> PartyAttributes {
    try rules.change(kind, value)
    guard let object = value.object else { throw Problem(400, "a change is an object", at: "") }
    return try PartyAttributes(object, at: "")
  }

  private func checkMetadata(_ given: JSONObject?, onto span: ByteSpan) throws(Problem) {
    if objects.mergedCount(given, into: span) > Self.metadataLimit {
      throw Problem(422, "more than \(Self.metadataLimit) pairs of metadata", at: "/metadata")
    }
  }
}
