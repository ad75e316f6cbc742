import SchemaRules

extension ObjectStore {
  mutating func addCustomer(_ draft: CustomerDraft) -> UInt32 {
    let serial = add(CustomerRecord(reference: arena.store(draft.reference.utf8)))
    update(customer: serial, draft.attributes)
    return serial
  }

  mutating func addAccount(_ draft: AccountDraft, customer: UInt32) -> UInt32 {
    let serial = add(AccountRecord(reference: arena.store(draft.reference.utf8), customer: customer))
    update(account: serial, draft.attributes)
    return serial
  }

  /// Changes what is given and nothing else; metadata is merged.
  mutating func update(customer serial: UInt32, _ given: PartyAttributes) {
    let index = Int(serial)
    if let name = given.name { customers[index].name = arena.store(name.utf8) }
    if let email = given.email { customers[index].email = arena.store(email.utf8) }
    if let phone = given.phone { customers[index].phone = arena.store(phone.utf8) }
    if let currency = given.currency { customers[index].currency = currency }
    if let balance = given.balance { customers[index].balance = balance }
    customers[index].metadata = merge(given.metadata, into: customers[index].metadata)
  }

  /// Changes what is given and nothing else; metadata is merged.
  mutating func update(account serial: UInt32, _ given: PartyAttributes) {
    let index = Int(serial)
    if let name = given.name { accounts[index].name = arena.store(name.utf8) }
    if let currency = given.currency { accounts[index].currency = currency }
    if let balance = given.balance { accounts[index].balance = balance }
    accounts[index].metadata = merge(given.metadata, into: accounts[index].metadata)
  }

  /// The text of both together, the new values above the old; the same span where nothing is given.
  mutating func merge(_ given: JSONObject?, into span: ByteSpan) -> ByteSpan {
    guard let given, !given.isEmpty else { return span }
    return arena.store(JSONValue.object(merged(given, into: span)).encoded)
  }

  /// How many pairs there would be.
  func mergedCount(_ given: JSONObject?, into span: ByteSpan) -> Int {
    given.map { merged($0, into: span).count } ?? 0
  }

  private func merged(_ given: JSONObject, into span: ByteSpan) -> JSONObject {
    if span.isEmpty { return given }
    var object = (try? JSONValue(parsing: Array(arena.bytes(span))))?.object ?? JSONObject()
    for member in given.members { object[member.key] = member.value }
    return object
  }
}
