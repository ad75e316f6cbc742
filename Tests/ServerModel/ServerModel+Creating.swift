// How a bill or a party comes to be: customer, then account, then bill. A failure on the way leaves behind what was made
// before.
extension ServerModel {
  /// One step of a create; its answer at the end, or where it fails.
  mutating func step(_ job: inout ServerJob) -> ServerAnswer? {
    if let fault = job.fault, fault.steps == job.done { return Self.failure(fault) }
    if job.done == 0, readings.looksAhead, let problem = obstacle(job) { return problem }
    guard let next = job.steps.popFirst() else { return madeAnswer(job) }
    job.done += 1
    let problem: ServerAnswer? =
      switch next {
      case .customer: makeCustomer(&job)
      case .account: makeAccount(&job)
      case .bill: makeBill(job)
      case .void: makeVoid(job)
      }
    if let problem { return problem }
    // With a fault that is to come after everything, the end is a step of its own.
    return job.steps.isEmpty && job.fault == nil ? madeAnswer(job) : nil
  }

  private func madeAnswer(_ job: ServerJob) -> ServerAnswer {
    switch job.target {
    case .customer:
      if let made = known(customerIn: job) { return ServerAnswer(status: 201, shown(made)) }
    case .account:
      if let made = known(accountIn: job) { return ServerAnswer(status: 201, shown(made)) }
    case .bill:
      if let made = job.body["external_reference"]?.text.flatMap({ bill($0) }) {
        return ServerAnswer(status: 201, shown(made))
      }
    case .void:
      if let voided = Self.voided(by: job.call.path).flatMap({ bill($0) }) {
        return ServerAnswer(status: 200, shown(voided))
      }
    }
    return problem(500, "it is gone")
  }

  /// What stands against the whole request, before any of it is carried out.
  private func obstacle(_ job: ServerJob) -> ServerAnswer? {
    if let reference = job.body["external_reference"]?.text, bill(reference) != nil {
      return problem(409, "a bill \(reference) exists")
    }
    for step in job.steps {
      switch step {
      case .customer:
        if let known = known(customerIn: job), let problem = objection(known.id, .customer, job) { return problem }
      case .account:
        if let known = known(accountIn: job) {
          if let problem = objection(known.id, .account, job) ?? ownerObjection(known, job) { return problem }
        }
      case .bill, .void: break
      }
    }
    return nil
  }

  private mutating func makeCustomer(_ job: inout ServerJob) -> ServerAnswer? {
    guard let described = job.body["customer"] ?? job.body["account"]?["customer"],
      let reference = described["external_reference"]?.text
    else { return problem(400, "a customer without a reference") }
    if let known = known(customerIn: job) {
      if let problem = objection(known.id, .customer, job) { return problem }
      if readings.nested == .update { change(customer: known.id) { $0.set(described) } }
    }
    job.customerID = addCustomer(reference, ServerAttributes(described), key: job.call.key)
    return nil
  }

  private mutating func makeAccount(_ job: inout ServerJob) -> ServerAnswer? {
    guard let described = job.body["account"], let reference = described["external_reference"]?.text else {
      return problem(400, "an account without a reference")
    }
    if let known = known(accountIn: job) {
      if let problem = objection(known.id, .account, job) ?? ownerObjection(known, job) { return problem }
      if readings.nested == .update { change(account: known.id) { $0.set(described) } }
    }
    let named = job.customerID ?? job.body["account"]?["customer"]?.text
    guard let owner = customers.first(where: { $0.id == named }) else {
      return problem(404, "no such customer")
    }
    job.customerID = owner.id
    job.accountID = addAccount(
      reference, customer: owner.reference, ServerAttributes(described), key: job.call.key)
    return nil
  }

  private mutating func makeBill(_ job: ServerJob) -> ServerAnswer? {
    let body = job.body
    guard let reference = body["external_reference"]?.text, let currency = body["currency"]?.text,
      let amount = body["amount_due"]?.number, (1...99_999_999).contains(amount)
    else { return problem(400, "a bill without reference, currency or amount") }
    if bill(reference) != nil { return problem(409, "a bill \(reference) exists") }
    let account = accounts.first { $0.id == job.accountID ?? body["account"]?.text }
    let named = account?.customerID ?? job.customerID ?? body["customer"]?.text
    guard let customer = customers.first(where: { $0.id == named }) else { return problem(404, "no such party") }
    var metadata: [String: String] = [:]
    if case .object(let pairs) = body["metadata"] { metadata = pairs.compactMapValues(\.text) }
    addBill(
      ServerBill(
        reference: reference, currency: currency, amountDue: amount, billDate: body["bill_date"]?.text,
        dueDate: body["due_date"]?.text, customerID: customer.id, accountID: account?.id, metadata: metadata,
        key: job.call.key))
    return nil
  }

  /// What is said against an object that exists: what the request is for is there once, what it nests goes by the reading.
  private func objection(_ id: String, _ step: ServerJob.Step, _ job: ServerJob) -> ServerAnswer? {
    if step == job.target { return problem(409, "\(id) exists") }
    return objection(nested: id)
  }

  private func objection(nested id: String) -> ServerAnswer? {
    switch readings.nested {
    case .conflict: problem(409, "the nested \(id) exists")
    case .refuse: problem(422, "the nested \(id) exists")
    case .adopt, .update: nil
    }
  }

  /// A nested account that exists isn't taken from under another customer.
  private func ownerObjection(_ account: ServerAccount, _ job: ServerJob) -> ServerAnswer? {
    let owner = job.customerID ?? job.body["account"]?["customer"]?.text ?? known(customerIn: job)?.id
    return owner == account.customerID ? nil : problem(409, "the account hangs under another customer")
  }

  private func known(customerIn job: ServerJob) -> ServerCustomer? {
    let described = job.body["customer"] ?? job.body["account"]?["customer"]
    guard let reference = described?["external_reference"]?.text else { return nil }
    return customers.first { $0.reference == reference }
  }

  private func known(accountIn job: ServerJob) -> ServerAccount? {
    guard let reference = job.body["account"]?["external_reference"]?.text else { return nil }
    return accounts.first { $0.reference == reference }
  }
}
