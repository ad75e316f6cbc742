/// How a bill's body names its party: nested, or by which id. An unresolved intent is sent again in its form only.
package enum BodyForm: Hashable, Sendable {
  /// The party nested whole: the customer, or the account with its customer inside.
  case nested
  /// The account nested, its customer by this id (`bcus_…`).
  case accountUnder(customerID: String)
  /// By the account's id (`bacc_…`).
  case account(id: String)
  /// By the customer's id (`bcus_…`).
  case customer(id: String)
}
