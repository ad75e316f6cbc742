import SchemaRules

/// An account as a request gives it.
struct AccountDraft {
  let reference: String
  let customer: CustomerChoice
  let attributes: PartyAttributes

  /// Throws a problem where the value doesn't have the shape, whatever the schema said of it.
  init(_ value: JSONValue, at pointer: String) throws(Problem) {
    guard case .object(let object) = value else { throw Problem(400, "an account is an object", at: pointer) }
    reference = try text(object, "external_reference", at: pointer)
    guard let customer = object["customer"] else {
      throw Problem(400, "customer is required", at: pointer + "/customer")
    }
    self.customer = try CustomerChoice(customer, at: pointer + "/customer")
    attributes = try PartyAttributes(object, at: pointer)
  }
}
