import BillModel

/// The values of a column as amounts, once the currency's sign is taken away that stands beside their digits, as in
/// `R 9,876.54` and `1 234,56 zł`.
struct SignedAmounts {
  /// Of all values, without their signs.
  private(set) var tally = AmountTally()
  /// How many have one.
  private(set) var count = 0
  /// As they stand, with the blank between sign and digits.
  private var signs: Set<String> = []

  private static let mostSigns = 8
  private static let mostBytes = 60
  private static let blanks: Set<Character> = [" ", "\u{A0}", "\u{202F}"]
  /// Signs of currencies that are letters, and no codes of ISO 4217.
  private static let letters: Set<String> = [
    "R", "zł", "kr", "Kč", "Ft", "lei", "Fr", "Fr.", "SFr.", "Rs", "Rs.", "Ksh", "KSh", "TSh", "USh",
  ]

  mutating func add(_ value: String) {
    let (sign, digits) = Self.parted(value)
    let before = tally.count
    tally.add(digits)
    guard !sign.isEmpty, tally.count > before else { return }
    count += 1
    if signs.count < Self.mostSigns { signs.insert(sign) }
  }

  /// The texts to take away, the longest first; none where values have signs of several currencies, as their amounts aren't
  /// to be mixed.
  var removable: [String] {
    let bare = Set(signs.map { $0.filter { !Self.blanks.contains($0) } })
    return bare.count == 1 ? signs.sorted { ($0.count, $1) > ($1.count, $0) } : []
  }

  /// A value's sign, and what is left where each such text is taken away; no sign where that would take more than it.
  private static func parted(_ value: String) -> (sign: String, digits: String) {
    guard value.utf8.count <= mostBytes else { return ("", "") }
    if value.first.map(isOfNumber) == true, value.last.map(isOfNumber) == true { return ("", value) }
    let front = String(value.prefix { !isOfNumber($0) })
    let end = String(value.reversed().prefix { !isOfNumber($0) }.reversed())
    for sign in [front, end] where isSign(sign) && (sign == front || !sign.hasSuffix(".")) {
      let digits = sign == front ? String(value.dropFirst(sign.count)) : String(value.dropLast(sign.count))
      if !digits.contains(sign) { return (sign, digits) }
    }
    return ("", value)
  }

  private static func isOfNumber(_ character: Character) -> Bool {
    character.isASCII && character.isNumber || "-+()".contains(character)
  }

  private static func isSign(_ text: String) -> Bool {
    let bare = text.filter { !blanks.contains($0) }
    if bare.isEmpty || bare.count > 4 { return false }
    // A point before digits may be their decimal mark.
    if bare.hasSuffix("."), !(text.last.map(blanks.contains) ?? false) { return false }
    if letters.contains(bare) || CurrencyCode(bare).map(Currency.isActive) == true { return true }
    return bare.contains(where: \.isCurrencySymbol) && bare.allSatisfy { $0.isCurrencySymbol || $0.isLetter }
  }
}
