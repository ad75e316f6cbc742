import SchemaRules

extension BillingCalls {
  /// A problem where an object of that kind has the reference already.
  func refuseExisting(_ kind: ObjectKind, _ reference: String, at pointer: String, _ status: UInt16 = 409)
    throws(Problem)
  {
    guard let serial = objects.find(kind, reference: reference) else { return }
    let detail = "external_reference '\(reference)' is taken: \(kind.name) \(objects.ids.id(kind, serial))"
    throw Problem(status, detail, at: pointer + "/external_reference")
  }

  /// - Parameter takesReferences: whether a string may be an external reference, or has to be an id.
  func plan(
    _ choice: CustomerChoice, at pointer: String, takesReferences: Bool
  ) throws(Problem) -> PlannedCustomer {
    switch choice {
    case .named(let name):
      return .existing(try findNested(.customer, name, at: pointer, takesReferences: takesReferences))
    case .new(let draft):
      guard let serial = objects.find(.customer, reference: draft.reference) else { return .new(draft) }
      try refuseNested(.customer, draft.reference, at: pointer)
      return readings.nested == .update ? .updated(serial, draft) : .existing(serial)
    }
  }

  /// The account that a bill nests; its customer is looked at first, as it would be made first.
  func plan(_ draft: AccountDraft) throws(Problem) -> PlannedAccount {
    let existing = objects.find(.account, reference: draft.reference)
    if let existing, readings.nested == .adopt { return .existing(existing) }
    if let existing, readings.nested == .update { return .updated(existing, draft) }
    let customer = try plan(draft.customer, at: "/account/customer", takesReferences: readings.stringReferences)
    if existing != nil { try refuseNested(.account, draft.reference, at: "/account") }
    return .new(draft, customer)
  }

  /// The object that a string in a body names.
  func findNested(
    _ kind: ObjectKind, _ name: String, at pointer: String, takesReferences: Bool
  ) throws(Problem) -> UInt32 {
    guard takesReferences || name.hasPrefix(kind.prefix) else {
      throw Problem(400, "'\(name)' is not the id of a \(kind.name)", at: pointer)
    }
    guard let serial = objects.find(kind, named: name) else {
      throw Problem(422, "there is no \(kind.name) '\(name)'", at: pointer)
    }
    return serial
  }

  /// With the reading that takes strings, puts ids in the place of references, which the schema doesn't know there.
  func withIDs(_ bill: JSONValue) -> JSONValue {
    guard var object = bill.object else { return bill }
    putID(.customer, into: &object)
    putID(.account, into: &object)
    if var account = object["account"]?.object {
      putID(.customer, into: &account)
      object["account"] = .object(account)
    }
    return .object(object)
  }

  private func putID(_ kind: ObjectKind, into object: inout JSONObject) {
    guard let name = object[kind.name]?.string, let serial = objects.find(kind, named: name) else { return }
    object[kind.name] = .string(objects.ids.id(kind, serial))
  }

  private func refuseNested(_ kind: ObjectKind, _ reference: String, at pointer: String) throws(Problem) {
    switch readings.nested {
    case .conflict: try refuseExisting(kind, reference, at: pointer)
    case .unprocessable: try refuseExisting(kind, reference, at: pointer, 422)
    case .adopt, .update: break
    }
  }
}
