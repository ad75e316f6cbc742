/// Moment's reconciliation report of all payments so far, as its file has it: a header block, headings, a line each.
struct ReconciliationReport {
  static let opening = """
    Report Title,Moment Merchant Reconciliation Report
    Version,1.0
    Merchant,sandbox
    From,1970-01-01T00:00:00Z
    To,9999-12-31T23:59:59Z
    transaction_type,transaction_timestamp,reconciliation_id,merchant_reference_id,payment_method,\
    payment_method_tender,customer_reference,country,presentment_currency,presentment_amount

    """

  /// A payment's line. The merchant's reference is that of what was paid, the customer's that of whose it is.
  static func line(_ payment: MadePayment, _ objects: borrowing ObjectStore) -> String {
    let reference = String(decoding: objects.reference(payment.kind, payment.serial), as: UTF8.self)
    let customer = String(
      decoding: objects.reference(.customer, objects.owner(payment.kind, payment.serial)), as: UTF8.self)
    let amount = payment.currency.major(payment.amount)
    return
      "Payment,\(SandboxClock.text(payment.time)),\(payment.paymentID.dropFirst(4)),\(reference),EFT,Bank Transfer,"
      + "\(customer),ZA,\(payment.currency.text),\(amount)\n"
  }
}

extension ObjectStore {
  /// The customer that an object is, or hangs under.
  fileprivate func owner(_ kind: ObjectKind, _ serial: UInt32) -> UInt32 {
    switch kind {
    case .customer: serial
    case .account: accounts[Int(serial)].customer
    case .bill: bills[Int(serial)].customer
    }
  }
}
