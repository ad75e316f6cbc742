/// What became of a row that set a sum as a whole.
package struct SumSetting: Hashable, Sendable {
  package var key: SumKey
  /// Minor units of `currency`.
  package var total: Int64
  package var currency: CurrencyCode
  /// Whether the sum is certain to have been set; else what it is isn't known.
  package var isCertain: Bool
  /// When a request of the row's whose answer was lost was sent; `nil` where none was.
  package var doubtedSince: WallTime?

  package init(_ key: SumKey, total: Int64, currency: CurrencyCode, isCertain: Bool, doubtedSince: WallTime? = nil) {
    self.key = key
    self.total = total
    self.currency = currency
    self.isCertain = isCertain
    self.doubtedSince = doubtedSince
  }
}
