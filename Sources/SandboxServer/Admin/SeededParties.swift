import SchemaRules

/// Customers and accounts that are there before the first request: a rehearsal's.
extension BillingCalls {
  /// Makes what isn't there of `[["CUSTOMER"], ["CUSTOMER", "ACCOUNT"], …]`, and gives the ids in the same places. Throws
  /// where the value is something else; what came before it is made then.
  mutating func seed(_ value: JSONValue?) throws(Problem) -> JSONValue {
    guard let entries = value?.array else { throw Problem(400, "an array of arrays of references is required") }
    var ids: [JSONValue] = []
    for entry in entries {
      let names = (entry.array ?? []).compactMap(\.string)
      guard (1...2).contains(names.count), names.count == entry.array?.count else {
        throw Problem(400, "a customer's reference is required, and an account's may follow")
      }
      let customer = try seedCustomer(names[0])
      var pair = [JSONValue.string(objects.ids.id(.customer, customer))]
      if names.count == 2 {
        pair.append(.string(objects.ids.id(.account, try seedAccount(names[1], customer))))
      }
      ids.append(.array(pair))
    }
    return .array(ids)
  }

  private mutating func seedCustomer(_ reference: String) throws(Problem) -> UInt32 {
    if let there = objects.find(.customer, reference: reference) { return there }
    var object = JSONObject()
    object["external_reference"] = .string(reference)
    return try createCustomer(.object(object))
  }

  private mutating func seedAccount(_ reference: String, _ customer: UInt32) throws(Problem) -> UInt32 {
    if let there = objects.find(.account, reference: reference) { return there }
    var object = JSONObject()
    object["external_reference"] = .string(reference)
    object["customer"] = .string(objects.ids.id(.customer, customer))
    return try createAccount(.object(object), nil)
  }
}
