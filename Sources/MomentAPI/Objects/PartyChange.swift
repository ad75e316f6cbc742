package import BillModel

/// What of a party's attributes the API has otherwise than a row says, and the values that would make it the row's.
///
/// Compared are name, email, phone, currency and metadata, as far as the row gives them: an empty cell says nothing,
/// and metadata of the API's own may be there beside. A balance is none of them: it moves with payments.
package struct PartyChange: Hashable, Sendable {
  /// What differs, by the names at the API, metadata pair by pair: `name`, `metadata.area`. Empty where nothing does.
  package private(set) var fields: [String] = []
  package let party: PartyKey
  var name: String?
  var email: String?
  var phone: String?
  var currency: CurrencyCode?
  /// All pairs that the party is to have, the API's own among them: whether a PATCH of metadata merges or replaces is
  /// not documented, and so comes to the same.
  var metadata = Metadata()

  /// Whether it says again what the API has of its own, and may have otherwise by now.
  package var keepsTheirs: Bool { !metadata.isEmpty }

  /// Compares a party at the API with its description; `nil` where the object is of another kind.
  package init?(of remote: RemoteObject, to description: PartyDescription) {
    party = description.key
    switch (remote, description) {
    case (.customer(let theirs), .customer(let ours)):
      note(\.name, "name", theirs.name, ours.name)
      note(\.email, "email", theirs.email, ours.email)
      note(\.phone, "phone", theirs.phone, ours.phone)
      note(\.currency, "currency", theirs.currency, ours.currency)
      note(theirs.metadata, ours.metadata)
    case (.account(let theirs), .account(let ours)):
      note(\.name, "name", theirs.name, ours.name)
      note(\.currency, "currency", theirs.currency, ours.currency)
      note(theirs.metadata, ours.metadata)
    case (.bill, _), (.customer, .account), (.account, .customer): return nil
    }
  }

  private mutating func note<Value: Equatable>(
    _ path: WritableKeyPath<Self, Value?>, _ field: String, _ theirs: Value?, _ ours: Value?
  ) {
    guard let ours, theirs != ours else { return }
    self[keyPath: path] = ours
    fields.append(field)
  }

  private mutating func note(_ theirs: [String: String], _ ours: Metadata) {
    let others = ours.pairs.filter { theirs[$0.key] != $0.value }
    guard !others.isEmpty else { return }
    fields += others.map { "metadata.\($0.key)" }
    for key in theirs.keys.sorted() where ours[key] == nil { metadata.append(key: key, value: theirs[key] ?? "") }
    for pair in ours.pairs { metadata.append(key: pair.key, value: pair.value) }
  }
}
