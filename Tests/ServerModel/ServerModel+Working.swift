// What a POST is for, by its path and body.
extension ServerModel {
  /// What there is to do of a request.
  struct Work {
    var target: ServerJob.Step
    /// As `ServerJob.body`.
    var body: JSON
    var steps: ArraySlice<ServerJob.Step>
  }

  /// What a POST to this path is for; `nil` where there is no such call.
  static func target(of path: String) -> ServerJob.Step? {
    switch path {
    case "/billing/bills": .bill
    case "/billing/accounts": .account
    case "/billing/customers": .customer
    default: voided(by: path) == nil ? nil : .void
    }
  }

  /// What a POST asks for; `nil` where its body can't be read.
  static func work(of call: ServerCall) -> Work? {
    guard let target = target(of: call.path) else { return nil }
    if target == .void { return Work(target: target, body: .null, steps: [.void]) }
    guard let body = JSONReader.value(of: call.body), body["external_reference"]?.text != nil else { return nil }
    switch target {
    case .customer: return Work(target: target, body: .object(["customer": body]), steps: [.customer])
    case .account:
      return accountSteps(body).map { Work(target: target, body: .object(["account": body]), steps: $0) }
    case .bill, .void: return billSteps(body).map { Work(target: target, body: body, steps: $0 + [.bill]) }
    }
  }

  private static func billSteps(_ body: JSON) -> ArraySlice<ServerJob.Step>? {
    switch (body["account"], body["customer"]) {
    case (.object(let account), nil): accountSteps(.object(account))
    case (nil, .object): [.customer]
    case (.string, nil), (nil, .string): []
    default: nil
    }
  }

  private static func accountSteps(_ account: JSON) -> ArraySlice<ServerJob.Step>? {
    switch account["customer"] {
    case .object: [.customer, .account]
    case .string: [.account]
    default: nil
    }
  }
}
