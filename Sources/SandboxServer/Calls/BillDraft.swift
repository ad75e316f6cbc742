import SchemaRules

/// A bill as a request gives it.
struct BillDraft {
  let reference: String
  let currency: CurrencyTag
  /// Minor units.
  let amountDue: Int32
  let billDate: CivilDay?
  let dueDate: CivilDay?
  let metadata: JSONObject?
  let party: BillParty

  /// Throws a problem where the value doesn't have the shape, whatever the schema said of it.
  init(_ value: JSONValue) throws(Problem) {
    guard case .object(let object) = value else { throw Problem(400, "a bill is an object", at: "") }
    reference = try text(object, "external_reference", at: "")
    guard let currency = CurrencyTag(try text(object, "currency", at: "")) else {
      throw Problem(400, "currency is three letters", at: "/currency")
    }
    guard let amount = object["amount_due"]?.integer.flatMap({ Int32(exactly: $0) }) else {
      throw Problem(400, "amount_due is an integer in minor units", at: "/amount_due")
    }
    self.currency = currency
    amountDue = amount
    billDate = try day(object, "bill_date")
    dueDate = try day(object, "due_date")
    metadata = object["metadata"]?.object
    party = try BillParty(object)
  }
}

/// An optional member that is a day.
private func day(_ object: JSONObject, _ key: String) throws(Problem) -> CivilDay? {
  guard let value = object[key] else { return nil }
  guard let day = value.string.flatMap(CivilDay.init) else {
    throw Problem(400, "\(key) is no day of the calendar", at: "/" + key)
  }
  return day
}
