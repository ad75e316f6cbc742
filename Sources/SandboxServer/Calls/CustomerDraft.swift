import SchemaRules

/// A customer as a request gives it.
struct CustomerDraft {
  let reference: String
  let attributes: PartyAttributes

  /// Throws a problem where the value doesn't have the shape, whatever the schema said of it.
  init(_ value: JSONValue, at pointer: String) throws(Problem) {
    guard case .object(let object) = value else { throw Problem(400, "a customer is an object", at: pointer) }
    reference = try text(object, "external_reference", at: pointer)
    attributes = try PartyAttributes(object, at: pointer)
  }
}
