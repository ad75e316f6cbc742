package import BillModel

/// The amount of a row whose amount and currency can be read, be they valid or not.
///
/// An amount can be read when it is an integer in JSON's form of at most 18 digits. Of at most 2,000,000,000 either way (or
/// the schema's maximum, where that is more) the sum of every row that a file can have fits in 64 bits. Of balances, which
/// may be 99,999,999,999, it does for 92 million rows of the greatest. What is more stands in no valid row, and counts by
/// what `MoneyTally` says of its currency.
package struct ReadMoney: Hashable, Sendable {
  /// Minor units.
  package var amount: Int64
  /// An active code of ISO 4217.
  package var currency: CurrencyCode
  /// Whether it is more than any number of rows may have.
  package var isHuge: Bool

  package init(amount: Int64, currency: CurrencyCode, isHuge: Bool = false) {
    self.amount = amount
    self.currency = currency
    self.isHuge = isHuge
  }
}
