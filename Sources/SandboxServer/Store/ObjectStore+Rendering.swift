extension ObjectStore {
  /// As seen in the API's answers; what an object may be paid with.
  private static let paymentRules = Array(
    #"{"min_amount":1,"max_amount":99999999,"underpayment_allowed":true,"overpayment_allowed":false}"#.utf8)

  /// The customer as the API answers it.
  func customerBody(_ serial: UInt32, paymentRules: Bool) -> [UInt8] {
    let record = customers[Int(serial)]
    var writer = JSONWriter()
    writer.open()
    writer.member("id", ids.id(.customer, serial))
    writer.member("external_reference", arena.bytes(record.reference))
    write("name", record.name, to: &writer)
    write("email", record.email, to: &writer)
    write("phone", record.phone, to: &writer)
    write(record.currency, record.balance, record.metadata, to: &writer)
    return finish(&writer, paymentRules)
  }

  /// The account as the API answers it.
  func accountBody(_ serial: UInt32, paymentRules: Bool) -> [UInt8] {
    let record = accounts[Int(serial)]
    var writer = JSONWriter()
    writer.open()
    writer.member("id", ids.id(.account, serial))
    writer.member("external_reference", arena.bytes(record.reference))
    writer.member("customer_id", ids.id(.customer, record.customer))
    write("name", record.name, to: &writer)
    write(record.currency, record.balance, record.metadata, to: &writer)
    return finish(&writer, paymentRules)
  }

  /// A bill as the API answers it: `record` is the bill itself, or what it was when it was created.
  func billBody(_ serial: UInt32, _ record: BillRecord, paymentRules: Bool) -> [UInt8] {
    var writer = JSONWriter()
    writer.open()
    writer.member("id", ids.id(.bill, serial))
    writer.member("external_reference", arena.bytes(record.reference))
    writer.member("customer_id", ids.id(.customer, record.customer))
    if let account = record.account { writer.member("account_id", ids.id(.account, account)) }
    writeTerms(of: record, to: &writer)
    return finish(&writer, paymentRules)
  }

  /// A bill with the references of its customer and account, for those who check.
  func billLine(_ serial: UInt32, to writer: inout JSONWriter) {
    let record = bills[Int(serial)]
    writer.open()
    writer.member("id", ids.id(.bill, serial))
    writer.member("external_reference", arena.bytes(record.reference))
    writer.member("customer_id", ids.id(.customer, record.customer))
    writer.member("customer_external_reference", reference(.customer, record.customer))
    if let account = record.account {
      writer.member("account_id", ids.id(.account, account))
      writer.member("account_external_reference", reference(.account, account))
    }
    writeTerms(of: record, to: &writer)
    writer.close()
    writer.newline()
  }

  private func writeTerms(of record: BillRecord, to writer: inout JSONWriter) {
    writer.member("currency", record.currency.text)
    writer.member("amount_due", record.amountDue)
    writer.member("amount_paid", record.amountPaid)
    writer.member("amount_remaining", record.amountRemaining)
    writer.member("bill_date", record.billDate.text)
    if let dueDate = record.dueDate { writer.member("due_date", dueDate.text) }
    writer.member("status", record.status.text)
    if !record.metadata.isEmpty { writer.member("metadata", json: arena.bytes(record.metadata)) }
  }

  private func write(_ key: StaticString, _ span: ByteSpan, to writer: inout JSONWriter) {
    if !span.isEmpty { writer.member(key, arena.bytes(span)) }
  }

  private func write(
    _ currency: CurrencyTag?, _ balance: Int64?, _ metadata: ByteSpan, to writer: inout JSONWriter
  ) {
    if let currency { writer.member("currency", currency.text) }
    if let balance { writer.member("balance", balance) }
    if !metadata.isEmpty { writer.member("metadata", json: arena.bytes(metadata)) }
  }

  private func finish(_ writer: inout JSONWriter, _ paymentRules: Bool) -> [UInt8] {
    if paymentRules { writer.member("payment_rules", json: Self.paymentRules) }
    writer.close()
    return writer.bytes
  }
}
