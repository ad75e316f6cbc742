package import BillModel

/// The amount of a row whose amount and currency can be read, be they valid or not.
///
/// An amount can be read when it is an integer in JSON's form of at most 2,000,000,000 either way (or the schema's
/// maximum, where that is more): the sum of every row that a file can have then fits in 64 bits. Of balances, which may
/// be 99,999,999,999, it does for 92 million rows of the greatest.
package struct ReadMoney: Hashable, Sendable {
  /// Minor units.
  package var amount: Int64
  /// An active code of ISO 4217.
  package var currency: CurrencyCode

  package init(amount: Int64, currency: CurrencyCode) {
    self.amount = amount
    self.currency = currency
  }
}
