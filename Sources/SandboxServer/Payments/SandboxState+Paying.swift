import SchemaRules

extension SandboxState {
  /// Makes the payments of a body, one or an array of them, in order. Those before one that can't be made stay made.
  mutating func pay(_ value: JSONValue?) throws(Problem) -> [MadePayment] {
    var made: [MadePayment] = []
    for element in value?.array ?? [value ?? .null] {
      let order = try PaymentOrder(element)
      let paid = try calls.pay(order)
      let payment = MadePayment(
        number: payments.count, kind: order.kind, serial: paid.serial, named: paid.named, amount: paid.amount,
        currency: paid.currency, time: clock.now, seed: options.seed)
      payments.append(payment)
      made.append(payment)
    }
    return made
  }

  /// The answer to a payment.
  func write(_ payment: MadePayment, to writer: inout JSONWriter) {
    writer.open()
    writer.member("event", payment.eventID)
    writer.member("payment", payment.paymentID)
    writer.member("amount", payment.amount)
    if payment.kind == .bill {
      let bill = calls.objects.bills[Int(payment.serial)]
      writer.member("amount_paid", bill.amountPaid)
      writer.member("amount_remaining", bill.amountRemaining)
      writer.member("status", bill.status.text)
    }
    writer.close()
  }
}
