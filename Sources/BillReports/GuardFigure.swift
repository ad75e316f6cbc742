package import BillModel

/// One figure of a file beside what the last files of its feed had.
package struct GuardFigure: Hashable, Sendable {
  package enum Name: String, CaseIterable, Sendable {
    /// Rows that stand.
    case rows
    /// The sum of a currency, in minor units.
    case total
    /// The largest bill of a currency, in minor units.
    case largest
    /// The share of rows whose customer the ledger doesn't know, from 0 to 1.
    case newCustomers = "new_customers"
    /// The share of rows whose bill the ledger knows to be there, from 0 to 1: they end as `unchanged`.
    case knownBills = "known_bills"

    /// Whether the figure is a share, and no whole number.
    package var isShare: Bool { self == .newCustomers || self == .knownBills }
  }

  package var name: Name
  /// Of a total and a largest bill.
  package var currency: CurrencyCode?
  package var value: Double
  /// The median of the last files.
  package var usual: Double
  /// From where on a figure is far; `nil` where there is no such bound.
  package var low: Double?
  package var high: Double?
  /// Whether the value lies beyond its bounds.
  package var isFar: Bool

  package init(
    _ name: Name, currency: CurrencyCode? = nil, value: Double, usual: Double, low: Double?, high: Double?,
    isFar: Bool? = nil
  ) {
    self.name = name
    self.currency = currency
    self.value = value
    self.usual = usual
    self.low = low
    self.high = high
    self.isFar = isFar ?? (low.map { value < $0 } == true || high.map { value > $0 } == true)
  }
}
