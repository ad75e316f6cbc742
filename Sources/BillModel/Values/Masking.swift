/// Makes values fit to be shown in findings and reports: cut to a readable length, and masked where they are personal.
///
/// What is wrong with a value must stay visible (the missing `@`, the blank, the letter among digits), whom it belongs
/// to must not: signs that are neither letter nor digit stay, of letters and digits only the outermost.
package enum Masking {
  /// Whether a value says something about a person, and what.
  package enum Kind: Sendable {
    /// Nothing personal; an email address or an identity number that hides in it is masked all the same, and so is
    /// whatever else has 13 digits in a row.
    case plain
    /// A text of somebody else's, as an API's answer: as plain, and telephone numbers (`+` and 9 digits or more) and keys
    /// (`sk_…`, `pk_…` of 8 signs or more) in it are masked, too.
    case foreign
    /// A person's or a company's name: the first letter of each word stays.
    case name
    /// An email address: the first letter of each part stays.
    case email
    /// A telephone number: the first two and the last two digits stay.
    case phone
    /// An identity or passport number: the last two signs stay.
    case identity
  }

  /// Most characters of a value that are shown.
  package static let longest = 60

  /// The value masked as its kind asks, then cut.
  package static func shown(_ value: String, as kind: Kind = .plain) -> String { cut(mask(value, as: kind)) }

  /// At most `longest` characters, the last of them `…` where something is missing; control characters become `␀`-like
  /// pictures (Unicode's Control Pictures), so that a value can't disturb a terminal or a line.
  package static func cut(_ value: String) -> String {
    if value.utf8.count <= longest, value.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return value }
    var shown = ""
    var count = 0
    for character in value {
      count += 1
      if count > longest { return String(shown.dropLast()) + "…" }
      for scalar in character.unicodeScalars { shown.unicodeScalars.append(picture(of: scalar)) }
    }
    return shown
  }

  /// The text, whole, with its control characters as pictures, but for line feeds: for what names a file, which may
  /// hold anything.
  package static func printable(_ text: String) -> String {
    var shown = ""
    for scalar in text.unicodeScalars { shown.unicodeScalars.append(scalar == "\n" ? scalar : picture(of: scalar)) }
    return shown
  }

  /// The text, whole and on one line: its line feeds become pictures, too.
  package static func oneLine(_ text: String) -> String {
    var shown = ""
    for scalar in text.unicodeScalars { shown.unicodeScalars.append(picture(of: scalar)) }
    return shown
  }

  /// The value with its personal parts replaced by `*`.
  package static func mask(_ value: String, as kind: Kind) -> String {
    switch kind {
    case .plain: maskIdentityNumbers(maskAddresses(value))
    case .foreign: maskIdentityNumbers(maskPhones(maskAddresses(maskKeys(value))))
    case .name, .email: maskWords(value)
    case .phone: maskMiddle(value, first: 2, last: 2)
    case .identity: maskMiddle(value, first: 0, last: 2)
    }
  }

  /// What a program said when it failed, which may be anything that it read: masked as foreign, and of words that don't begin
  /// with a small letter, as names don't, and of those with 5 digits or more only the first sign stays.
  package static func complaint(_ text: String) -> String { maskNames(mask(text, as: .foreign)) }

  /// Whether the digits are a South African identity number: a date of birth, a citizenship digit from 0 to 2, and a
  /// Luhn check digit, 13 digits in all.
  package static func isIdentityNumber(_ digits: some Collection<UInt8>) -> Bool {
    guard digits.count == 13, digits.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return false }
    let values = digits.map { Int($0) - 48 }
    let month = values[2] * 10 + values[3]
    let day = values[4] * 10 + values[5]
    let century = CivilDate(year: 2000 + values[0] * 10 + values[1], month: month, day: day)
    guard century != nil || CivilDate(year: 1900 + values[0] * 10 + values[1], month: month, day: day) != nil,
      values[10] <= 2
    else { return false }
    var sum = 0
    for (index, value) in values.enumerated() {
      let doubled = index % 2 == 1 ? value * 2 : value
      sum += doubled > 9 ? doubled - 9 : doubled
    }
    return sum % 10 == 0
  }

  private static func picture(of scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0..<32: Unicode.Scalar(0x2400 + scalar.value) ?? "␦"
    case 127: "␡"
    case 0x80..<0xA0, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x206F, 0xFEFF, 0xFFF9...0xFFFB,
      0xE0000...0xE007F:
      "␦"
    default: scalar
    }
  }
}
