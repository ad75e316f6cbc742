package import BillModel

/// What an `obligation.amount_applied` says: so much was paid towards a bill, an account or a customer.
package struct AppliedAmount: Hashable, Sendable {
  /// `ob_…`.
  package var obligation: String?
  /// `pay_…`.
  package var payment: String?
  /// Minor units, 1 or more.
  package var amount: Int64
  package var currency: CurrencyCode
  /// `bill_…`; the documentation doesn't say whether it comes for a bill that was raised on an account.
  package var bill: String?
  /// `bacc_…`.
  package var account: String?
  /// `bcus_…`.
  package var customer: String?
  /// When it was applied, by the API's clock.
  package var createdAt: WallTime?
}
