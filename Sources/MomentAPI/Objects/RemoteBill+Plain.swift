import BillModel

extension RemoteBill {
  /// A bill from a body that `PlainJSON` can read, as `init(from:)` reads it; `nil` where anything about it is unusual.
  init?(plain body: [UInt8]) {
    self.init(id: "")
    var parties = PlainParties()
    var seen = PlainNames()
    do throws(PlainJSON.Unusual) {
      try PlainJSON.object(in: body) { (reader, name) throws(PlainJSON.Unusual) in
        try take(name, from: &reader, &parties, &seen)
      }
    } catch { return nil }
    guard !id.isEmpty else { return nil }
    let (account, customer) = (parties.account, parties.customer)
    customerID = customerID ?? customer?.id ?? account?.customer?.id
    accountID = accountID ?? account?.id
    customerReference = customer?.reference ?? account?.customer?.reference
    accountReference = account?.reference
  }

  private mutating func take(
    _ name: PlainJSON.Text, from reader: inout PlainJSON, _ parties: inout PlainParties, _ seen: inout PlainNames
  ) throws(PlainJSON.Unusual) {
    switch name {
    case "id":
      try seen.note(0)
      id = try reader.string() ?? ""
    case "external_reference":
      try seen.note(1)
      reference = try reader.string()
    case "currency":
      try seen.note(2)
      currency = try reader.bytesOfString().flatMap { CurrencyCode($0) }
    case "amount_due":
      try seen.note(3)
      amountDue = try reader.integer()
    case "amount_paid":
      try seen.note(4)
      amountPaid = try reader.integer()
    case "amount_remaining":
      try seen.note(5)
      amountRemaining = try reader.integer()
    case "bill_date":
      try seen.note(6)
      billDate = try reader.bytesOfString().flatMap { CivilDate(iso: $0) }
    case "due_date":
      try seen.note(7)
      dueDate = try reader.bytesOfString().flatMap { CivilDate(iso: $0) }
    case "status":
      try seen.note(8)
      status = try reader.string().map { Status($0) }
    case "customer_id":
      try seen.note(9)
      customerID = try reader.string()
    case "account_id":
      try seen.note(10)
      accountID = try reader.string()
    case "customer":
      try seen.note(11)
      parties.customer = try RemoteParty(plain: &reader)
    case "account":
      try seen.note(12)
      parties.account = try RemoteParty(plain: &reader)
    case "metadata":
      try seen.note(13)
      metadata = try RemoteMetadata(plain: &reader).values
    case "payment_rules":
      try seen.note(14)
      try takeRules(from: &reader)
    default: try reader.skip()
    }
  }

  private mutating func takeRules(from reader: inout PlainJSON) throws(PlainJSON.Unusual) {
    if try reader.null() { return }
    hasPaymentRules = true
    guard reader.next == UInt8(ascii: "{") else { return try reader.skip() }
    var seen = PlainNames()
    try reader.object { (reader, name) throws(PlainJSON.Unusual) in
      guard case "overpayment_allowed" = name else { return try reader.skip() }
      try seen.note(0)
      guard reader.next == UInt8(ascii: "t") || reader.next == UInt8(ascii: "f") else { return try reader.skip() }
      allowsOverpayment = try reader.flag()
    }
  }
}

/// A bill's parties, as far as it nests them.
private struct PlainParties {
  var account: RemoteParty?
  var customer: RemoteParty?
}
