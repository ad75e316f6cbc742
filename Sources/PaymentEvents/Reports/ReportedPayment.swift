package import BillModel

/// A line of Moment's reconciliation report.
package struct ReportedPayment: Hashable, Sendable {
  /// Line in the file, from 1.
  package var line: Int
  package var isRefund: Bool
  package var time: WallTime?
  /// The names by which it may be known: `reconciliation_id`, `merchant_reference_id`, `customer_reference`; those that are
  /// empty are left out.
  package var transaction: String
  package var merchantReference: String
  package var customerReference: String
  /// Minor units, 0 or more.
  package var amount: Int64
  package var currency: CurrencyCode
}
