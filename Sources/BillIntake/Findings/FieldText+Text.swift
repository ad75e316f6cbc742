import BillLayouts
import BillModel
import SchemaRules

extension FieldText {
  func integer(_ why: IntegerFault) -> FindingWords {
    if looksScientific {
      return FindingWords(
        "\(name) is in scientific notation: a spreadsheet wrote it so.",
        "Format the column as a number without decimals, and export it again.")
    }
    return switch why {
    case .notANumber: FindingWords("\(name) is not a number.", range)
    case .plusSign: FindingWords("\(name) has a plus sign.", "Write the digits alone.")
    case .leadingZeros: FindingWords("\(name) begins with a zero.", "Write the number without zeros before it.")
    case .fraction: FindingWords("\(name) has a decimal mark.", "Write minor units without one: \(minorUnits).")
    case .grouped: FindingWords("\(name) has marks between its digits.", "Write the digits alone: \(minorUnits).")
    case .spaces: FindingWords("\(name) has blanks around its digits.", "Take the blanks out: nothing is trimmed.")
    case .overflow: FindingWords("\(name) is too large for any amount.", range)
    }
  }

  func pattern(_ pattern: FieldRule.Pattern) -> FindingWords {
    let rightForm = pattern.note ?? rule.description ?? "It must match \(pattern.source)."
    let example = rule.examples.first.map { " Example: \($0)." } ?? ""
    switch column.path?.attribute {
    case .currency: return Self.currency(raw)
    case .phone: return FindingWords("\(name) is no number in international form.", phoneHint)
    case .reference where looksScientific:
      return FindingWords(
        "\(name) is in scientific notation: a spreadsheet has shortened a long number.",
        "Format the column as text, and export the file again from where the numbers are whole.")
    case .reference:
      guard let (sign, place) = offendingCharacter else { break }
      return FindingWords(
        "\(name) has a character that isn't allowed, \(sign), at place \(place).", "Right: \(rightForm)\(example)")
    case .id:
      return FindingWords(
        "\(name) is not an id that Moment gave.",
        "Right: \(rightForm)\(example) Your own reference goes into the column \(name).external_reference.")
    default: break
    }
    return FindingWords("\(name) is not in the right form.", "Right: \(rightForm)\(example)")
  }

  func excluded(_ exclusion: FieldRule.Pattern) -> FindingWords {
    FindingWords(
      "\(name) has \(exclusion.note ?? "a form that isn't allowed (\(exclusion.source))").",
      "Use a reference of your own that can't be taken for an id of Moment's.")
  }

  func email(_ why: EmailFault) -> FindingWords {
    let fault =
      switch why {
      case .noAt: "has no @"
      case .severalAts: "has more than one @"
      case .localPart: "has no proper part before the @"
      case .domain: "has no proper domain behind the @"
      case .character: "has a character that an address can't have"
      }
    return FindingWords("\(name) \(fault).", "Give one address such as name@example.com, or leave the cell empty.")
  }

  static func currency(_ raw: String) -> FindingWords {
    let upper = raw.uppercased()
    if upper != raw, let code = CurrencyCode(upper), Currency.isActive(code) {
      return FindingWords("The currency is written in small letters.", "Write \(code).")
    }
    return FindingWords(
      "There is no such currency.", "Use a code of ISO 4217 in three capitals, such as ZAR or USD.")
  }

  private var phoneHint: String {
    let digits = raw.filter(\.isNumber)
    if raw.hasPrefix("0"), digits.count == 10, digits.count == raw.count {
      return "Write the country code for the first 0: a South African number 082… becomes +2782…."
    }
    if raw.contains(where: { " -()./".contains($0) }) {
      return "Write a plus sign, the country code and the digits, and nothing between them: +27821234567."
    }
    return "Write a plus sign, the country code and the number, 15 digits at most: +27821234567."
  }

  /// Digits, a decimal mark, and an exponent: `1.23457E+12`.
  private var looksScientific: Bool {
    guard raw.utf8.contains(UInt8(ascii: "+")) else { return false }
    let parts = raw.uppercased().split(separator: "E", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].contains(where: { $0 == "." || $0 == "," }), parts[1].first == "+" else {
      return false
    }
    return parts[0].allSatisfy { $0.isNumber || $0 == "." || $0 == "," } && parts[1].dropFirst().allSatisfy(\.isNumber)
  }

  /// The value in minor units as a hint, where it is plainly major units with two decimals, or with as many as the row's
  /// currency has: `1,234.50` → `123450` in ZAR, `1.250` → `1250` in BHD.
  private var minorUnits: String {
    guard decimals > 0 else { return "1250 for an amount of 1,250, since the row's currency has no smaller unit" }
    let marks = raw.filter { !$0.isNumber }
    guard raw.dropLast(decimals).last.map({ $0 == "." || $0 == "," }) ?? false,
      raw.suffix(decimals).allSatisfy(\.isNumber), marks.allSatisfy({ ".,' -".contains($0) }),
      let value = Int64(raw.filter { $0.isNumber || $0 == "-" })
    else {
      let zeros = String(repeating: "0", count: decimals)
      return "240\(zeros) for an amount of 240.\(zeros)"
    }
    return "\(value) if \(raw) is meant"
  }

  /// The first character that breaks the pattern even alone, and its place from 1.
  private var offendingCharacter: (String, Int)? {
    guard let rules = column.rules else { return nil }
    for (index, character) in raw.enumerated() {
      var text = String(character)
      if case .pattern = text.withUTF8({ rules.check($0) }) {
        return (character == " " ? "a blank" : "'\(Masking.cut(text))'", index + 1)
      }
    }
    return nil
  }
}
