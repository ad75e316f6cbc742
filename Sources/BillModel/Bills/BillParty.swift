/// Whom a bill is raised on: exactly one of a customer or an account, described or named by its id. Indirect, since bills are
/// handed on far more often than their parties are looked into.
package indirect enum BillParty: Hashable, Sendable {
  /// A customer described by the row.
  case customer(Customer)
  /// An existing customer's id, `bcus_…`.
  case customerID(String)
  /// An account described by the row, under its customer.
  case account(Account)
  /// An existing account's id, `bacc_…`.
  case accountID(String)
}
