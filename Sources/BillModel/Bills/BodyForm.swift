/// How a body names the parties that it needs: nested, or by which id; or that it needs none. An unresolved intent is sent again in its form only.
package enum BodyForm: Hashable, Sendable {
  /// The party nested whole: the customer, or the account with its customer inside.
  case nested
  /// The account nested, its customer by this id (`bcus_…`).
  case accountUnder(customerID: String)
  /// By the account's id (`bacc_…`).
  case account(id: String)
  /// By the customer's id (`bcus_…`).
  case customer(id: String)
  /// No party at all: a PATCH of an object that is there.
  case change
}
