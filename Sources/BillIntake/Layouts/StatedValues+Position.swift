import BillLayouts

extension StatedValues {
  /// The file's place in its feed's order: a date (`2026-02-01`, `20260201`) or a sequence as a number; `nil` where the
  /// value is neither.
  func position(_ recipe: ValueRecipe) -> Int64? {
    guard !isMissing(recipe.source), let value = value(recipe) else { return nil }
    return Self.number(value)
  }

  /// The same as it stands there.
  func positionText(_ recipe: ValueRecipe) -> String? {
    guard !isMissing(recipe.source), let value = value(recipe), Self.number(value) != nil else { return nil }
    return String(decoding: value, as: UTF8.self)
  }

  private static func number(_ value: [UInt8]) -> Int64? {
    let digits = isDate(value) ? value.filter { $0 != UInt8(ascii: "-") } : value
    guard (1...18).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
  }

  private static func isDate(_ value: [UInt8]) -> Bool {
    value.count == 10 && value[4] == UInt8(ascii: "-") && value[7] == UInt8(ascii: "-")
  }
}
