package import BillModel

/// How amounts in major units are written.
package struct AmountForm: Hashable, Sendable {
  /// How a negative amount is marked.
  package enum Sign: String, Hashable, Sendable { case leading, trailing, parentheses, cr }

  /// The decimal mark, as UTF-8.
  package var decimal: [UInt8] = [UInt8(ascii: ".")]
  /// The mark between groups of three digits, as UTF-8; empty where there is none.
  package var group: [UInt8] = []
  package var sign = Sign.leading
  /// The last so many digits are decimals, without a mark; `nil` where there is a mark.
  package var impliedDecimals: Int?
  /// The currency, where none stands beside the value.
  package var currency: CurrencyCode?

  package init() {}
}
