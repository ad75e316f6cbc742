/// Amounts for people.
package enum MoneyText {
  /// Minor units as major ones with the currency's decimals, a comma every three digits: `1,234.50`.
  package static func major(_ minorUnits: Int64, _ currency: CurrencyCode) -> String {
    let decimals = Currency.exponent(of: currency) ?? 0
    var digits = String(minorUnits.magnitude)
    if digits.count <= decimals { digits = String(repeating: "0", count: decimals + 1 - digits.count) + digits }
    let whole = grouped(String(digits.dropLast(decimals)))
    return (minorUnits < 0 ? "-" : "") + whole + (decimals > 0 ? "." + digits.suffix(decimals) : "")
  }

  /// A count with a comma every three digits: `10,000`.
  package static func count(_ number: Int) -> String { grouped(String(number)) }

  private static func grouped(_ digits: String) -> String {
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }
}
