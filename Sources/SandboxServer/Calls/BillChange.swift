import SchemaRules

/// What a PATCH of a bill gives.
struct BillChange {
  /// Minor units; absolute.
  let amountPaid: Int32?
  let currency: CurrencyTag?
  let metadata: JSONObject?

  init(_ value: JSONValue) throws(Problem) {
    guard case .object(let object) = value else { throw Problem(400, "a change is an object", at: "") }
    amountPaid = object["amount_paid"]?.integer.flatMap { Int32(exactly: $0) }
    currency = object["currency"]?.string.flatMap(CurrencyTag.init)
    metadata = object["metadata"]?.object
    if amountPaid != nil && currency == nil {
      throw Problem(400, "currency must come with amount_paid", at: "/currency")
    }
  }
}
