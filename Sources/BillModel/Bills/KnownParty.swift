/// A party that is known to exist at the API.
package struct KnownParty: Hashable, Sendable {
  package var key: PartyKey
  /// `bcus_…` or `bacc_…`.
  package var id: String
  /// The customer's reference that an account hangs under, where known; `nil` for a customer.
  package var customerReference: String?

  package init(key: PartyKey, id: String, customerReference: String? = nil) {
    self.key = key
    self.id = id
    self.customerReference = customerReference
  }

  /// Whether its id is one of its kind, as every answer's is since that is looked at.
  package var hasID: Bool { ObjectID.isValid(id, prefix: key.kind.idPrefix) }
}
