import BillModel

extension RemoteBill: Decodable {
  private enum Key: String, CodingKey {
    case id, reference = "external_reference", currency, amountDue = "amount_due", amountPaid = "amount_paid"
    case amountRemaining = "amount_remaining", billDate = "bill_date", dueDate = "due_date", status
    case customerID = "customer_id", accountID = "account_id", customer, account, metadata
    case paymentRules = "payment_rules"
  }

  private struct PaymentRules: Decodable {
    let overpayment_allowed: Bool?
  }

  package init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: Key.self)
    let account = try members.decodeIfPresent(RemoteParty.self, forKey: .account)
    let customer = try members.decodeIfPresent(RemoteParty.self, forKey: .customer)
    let rulesAreNull = (try? members.decodeNil(forKey: .paymentRules)) ?? true
    self.init(
      id: try members.decode(String.self, forKey: .id),
      reference: try members.decodeIfPresent(String.self, forKey: .reference),
      currency: try members.decodeIfPresent(String.self, forKey: .currency).flatMap { CurrencyCode($0) },
      amountDue: try members.decodeIfPresent(Int64.self, forKey: .amountDue),
      amountPaid: try members.decodeIfPresent(Int64.self, forKey: .amountPaid),
      amountRemaining: try members.decodeIfPresent(Int64.self, forKey: .amountRemaining),
      billDate: try members.decodeIfPresent(String.self, forKey: .billDate).flatMap { CivilDate(iso: $0) },
      dueDate: try members.decodeIfPresent(String.self, forKey: .dueDate).flatMap { CivilDate(iso: $0) },
      status: try members.decodeIfPresent(String.self, forKey: .status).map { Status($0) },
      customerID: try members.decodeIfPresent(String.self, forKey: .customerID) ?? customer?.id
        ?? account?.customer?.id,
      accountID: try members.decodeIfPresent(String.self, forKey: .accountID) ?? account?.id,
      customerReference: customer?.reference ?? account?.customer?.reference,
      accountReference: account?.reference,
      metadata: try members.decodeIfPresent(RemoteMetadata.self, forKey: .metadata)?.values ?? [:],
      hasPaymentRules: !rulesAreNull,
      allowsOverpayment: (try? members.decode(PaymentRules.self, forKey: .paymentRules))?.overpayment_allowed ?? false)
  }
}
