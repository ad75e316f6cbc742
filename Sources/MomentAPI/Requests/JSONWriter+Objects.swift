import BillModel

// The API's objects as request bodies write them. The order of members is part of the serializer's version.
extension JSONWriter {
  /// A bill, whole: its own members, then its party as `form` says, then its metadata.
  mutating func bill(_ bill: Bill, form: BodyForm) throws(RequestError) {
    beginObject()
    member("external_reference", bill.reference)
    member("currency", bill.currency)
    name("amount_due")
    integer(bill.amountDue)
    member("bill_date", bill.billDate)
    member("due_date", bill.dueDate)
    try party(bill.party, form: form)
    member("metadata", bill.metadata)
    endObject()
  }

  /// An account, its customer nested or, where given, by id.
  mutating func account(_ account: Account, customerID: String?) {
    beginObject()
    name("customer")
    if let customerID { string(customerID) } else { customer(account.customer) }
    member("external_reference", account.reference)
    member("name", account.name)
    member("currency", account.currency)
    member("balance", account.balance)
    member("metadata", account.metadata)
    endObject()
  }

  /// A customer.
  mutating func customer(_ customer: Customer) {
    beginObject()
    member("external_reference", customer.reference)
    member("name", customer.name)
    member("email", customer.email)
    member("phone", customer.phone)
    member("currency", customer.currency)
    member("balance", customer.balance)
    member("metadata", customer.metadata)
    endObject()
  }

  /// What was paid on a bill, as a PATCH gives it.
  mutating func payment(_ payment: Payment) {
    beginObject()
    member("amount_paid", payment.amount)
    member("currency", payment.currency)
    member("metadata", payment.metadata)
    endObject()
  }

  /// The values that a party is to have, as a PATCH gives them.
  mutating func change(_ values: PartyValues) {
    beginObject()
    members(values)
    endObject()
  }

  /// A party to be made with its values, an account's customer nested or, where given, by id.
  mutating func party(_ values: PartyValues, customerID: String?) {
    beginObject()
    if let customerID {
      member("customer", customerID)
    } else if let owner = values.owner {
      name("customer")
      customer(owner)
    }
    member("external_reference", values.key.reference)
    members(values)
    endObject()
  }

  private mutating func members(_ values: PartyValues) {
    member("name", values.name)
    member("email", values.email)
    member("phone", values.phone)
    member("currency", values.currency)
    member("balance", values.balance)
    member("metadata", values.metadata)
  }

  /// What is to be changed of a party.
  mutating func change(_ change: PartyChange) {
    beginObject()
    member("name", change.name)
    member("email", change.email)
    member("phone", change.phone)
    member("currency", change.currency)
    member("metadata", change.metadata)
    endObject()
  }

  private mutating func party(_ party: BillParty, form: BodyForm) throws(RequestError) {
    switch (form, party) {
    case (.nested, .account(let whole)): memberAccount(whole, customerID: nil)
    case (.accountUnder(let id), .account(let whole)): memberAccount(whole, customerID: id)
    case (.nested, .customer(let whole)):
      name("customer")
      customer(whole)
    case (.account(let id), .account), (.nested, .accountID(let id)): member("account", id)
    case (.customer(let id), .customer), (.nested, .customerID(let id)): member("customer", id)
    case (.account(let id), .accountID(let own)) where id == own: member("account", id)
    case (.customer(let id), .customerID(let own)) where id == own: member("customer", id)
    case (.accountUnder, _), (.account, _), (.customer, _), (.change, _): throw .formDoesNotFit
    }
  }

  private mutating func memberAccount(_ whole: Account, customerID: String?) {
    name("account")
    account(whole, customerID: customerID)
  }

  private mutating func member(_ key: StaticString, _ value: String?) {
    guard let value else { return }
    name(key)
    string(value)
  }

  private mutating func member(_ key: StaticString, _ value: Int64?) {
    guard let value else { return }
    name(key)
    integer(value)
  }

  private mutating func member(_ key: StaticString, _ value: CurrencyCode?) {
    guard let value else { return }
    name(key)
    letters(packed: value.packed)
  }

  private mutating func member(_ key: StaticString, _ value: CivilDate?) {
    guard let value else { return }
    name(key)
    date(packed: value.packed)
  }

  private mutating func member(_ key: StaticString, _ value: Metadata) {
    guard !value.isEmpty else { return }
    name(key)
    beginObject()
    for pair in value.pairs {
      name(text: pair.key)
      string(pair.value)
    }
    endObject()
  }
}
