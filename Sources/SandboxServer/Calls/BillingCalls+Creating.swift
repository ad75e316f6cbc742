import SchemaRules

extension BillingCalls {
  mutating func createCustomer(_ value: JSONValue) throws(Problem) -> UInt32 {
    try rules.creation(.customer, value)
    let draft = try CustomerDraft(value, at: "")
    try refuseExisting(.customer, draft.reference, at: "")
    return objects.addCustomer(draft)
  }

  mutating func createAccount(_ given: JSONValue, _ fault: Fault?) throws(Problem) -> UInt32 {
    try rules.creation(.account, given)
    let draft = try AccountDraft(given, at: "")
    let customer = try plan(draft.customer, at: "/customer", takesReferences: true)
    try refuseExisting(.account, draft.reference, at: "")
    let serial = make(customer)
    if customer.isNew, let fault, fault.needsNesting { throw Self.brokenHalfway }
    return objects.addAccount(draft, customer: serial)
  }

  mutating func createBill(_ given: JSONValue, _ now: Int64, _ fault: Fault?) throws(Problem) -> UInt32 {
    let value = readings.stringReferences ? withIDs(given) : given
    try rules.creation(.bill, value)
    let draft = try BillDraft(value)
    let billDate = draft.billDate ?? CivilDay(milliseconds: now)
    if let dueDate = draft.dueDate, dueDate < billDate {
      throw Problem(422, "due_date \(dueDate.text) is before bill_date \(billDate.text)", at: "/due_date")
    }
    let (customer, account) = try makeParty(draft, fault)
    let record = BillRecord(
      reference: objects.arena.store(draft.reference.utf8), customer: customer, account: account,
      currency: draft.currency, amountDue: draft.amountDue, billDate: billDate, dueDate: draft.dueDate,
      metadata: objects.merge(draft.metadata, into: .none))
    return objects.add(record)
  }

  /// Looks everything up first, so that a conflict makes nothing; then makes customer and account in sequence.
  private mutating func makeParty(
    _ draft: BillDraft, _ fault: Fault?
  ) throws(Problem) -> (customer: UInt32, account: UInt32?) {
    switch draft.party {
    case .customer(let choice):
      let customer = try plan(choice, at: "/customer", takesReferences: readings.stringReferences)
      try refuseExisting(.bill, draft.reference, at: "")
      let serial = make(customer)
      if customer.isNew, let fault, fault.needsNesting { throw Self.brokenHalfway }
      return (serial, nil)
    case .namedAccount(let name):
      let account = try findNested(.account, name, at: "/account", takesReferences: readings.stringReferences)
      try refuseExisting(.bill, draft.reference, at: "")
      return (objects.accounts[Int(account)].customer, account)
    case .newAccount(let nested):
      let account = try plan(nested)
      try refuseExisting(.bill, draft.reference, at: "")
      return try make(account, fault)
    }
  }

  private mutating func make(
    _ account: PlannedAccount, _ fault: Fault?
  ) throws(Problem) -> (customer: UInt32, account: UInt32?) {
    switch account {
    case .existing(let serial):
      return (objects.accounts[Int(serial)].customer, serial)
    case .updated(let serial, let draft):
      objects.update(account: serial, draft.attributes)
      return (objects.accounts[Int(serial)].customer, serial)
    case .new(let draft, let planned):
      let customer = make(planned)
      if fault?.nestingStop == .customer { throw Self.brokenHalfway }
      let serial = objects.addAccount(draft, customer: customer)
      if let fault, fault.needsNesting { throw Self.brokenHalfway }
      return (customer, serial)
    }
  }

  private mutating func make(_ customer: PlannedCustomer) -> UInt32 {
    switch customer {
    case .existing(let serial):
      return serial
    case .updated(let serial, let draft):
      objects.update(customer: serial, draft.attributes)
      return serial
    case .new(let draft):
      return objects.addCustomer(draft)
    }
  }

  /// What is answered when a creation broke off after its nested objects.
  static let brokenHalfway = Problem(500, "the request broke off in the middle")
}
