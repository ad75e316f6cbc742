extension BillingCalls {
  /// Carries a payment out; what was paid, and whom an event names by the reading.
  mutating func pay(
    _ order: PaymentOrder
  ) throws(Problem) -> (serial: UInt32, amount: Int64, currency: CurrencyTag, named: (kind: ObjectKind, id: String)) {
    let serial = try find(order.kind, order.name)
    switch order.kind {
    case .bill:
      let amount = try pay(bill: serial, order)
      return (
        serial, amount, objects.bills[Int(serial)].currency, payer(of: serial, order.names ?? readings.eventNames)
      )
    case .account:
      let currency = try currency(objects.accounts[Int(serial)].currency, order)
      let amount = order.amount ?? 0
      objects.accounts[Int(serial)].balance = (objects.accounts[Int(serial)].balance ?? 0) - amount
      return (serial, amount, currency, (.account, objects.ids.id(.account, serial)))
    case .customer:
      let currency = try currency(objects.customers[Int(serial)].currency, order)
      let amount = order.amount ?? 0
      objects.customers[Int(serial)].balance = (objects.customers[Int(serial)].balance ?? 0) - amount
      return (serial, amount, currency, (.customer, objects.ids.id(.customer, serial)))
    }
  }

  /// Pays on a bill, also more than is due.
  private mutating func pay(bill serial: UInt32, _ order: PaymentOrder) throws(Problem) -> Int64 {
    let bill = objects.bills[Int(serial)]
    if bill.status == .voided { throw Problem(409, "the bill is voided and can't be paid") }
    let amount = order.amount ?? Int64(bill.amountRemaining)
    guard amount > 0 else { throw Problem(422, "nothing remains to be paid on the bill", at: "/amount") }
    guard let paid = Int32(exactly: Int64(bill.amountPaid) + amount) else {
      throw Problem(422, "more was paid than an amount can hold", at: "/amount")
    }
    objects.bills[Int(serial)].amountPaid = paid
    objects.bills[Int(serial)].status = paid >= bill.amountDue ? .paid : .unpaid
    return amount
  }

  private func currency(_ own: CurrencyTag?, _ order: PaymentOrder) throws(Problem) -> CurrencyTag {
    guard let currency = order.currency ?? own else {
      throw Problem(422, "the \(order.kind.name) has no currency: say one", at: "/currency")
    }
    return currency
  }

  /// The bill, or whom it was raised on.
  private func payer(of bill: UInt32, _ names: Readings.EventNames) -> (kind: ObjectKind, id: String) {
    guard names == .party else { return (.bill, objects.ids.id(.bill, bill)) }
    let record = objects.bills[Int(bill)]
    if let account = record.account { return (.account, objects.ids.id(.account, account)) }
    return (.customer, objects.ids.id(.customer, record.customer))
  }
}
