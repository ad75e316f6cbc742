import BillLayouts
import BillModel
import SchemaRules

/// The words for a value that breaks a rule of its field.
struct FieldText {
  let column: ColumnPlan
  let raw: String
  let rule: FieldRule
  /// Of the currency of an amount.
  let decimals: Int

  init?(_ column: ColumnPlan, _ raw: String, decimals: Int = 2) {
    guard let rules = column.rules else { return nil }
    self.column = column
    self.decimals = decimals
    self.raw = raw
    rule = rules.rule
  }

  func words(_ fault: FieldFault) -> FindingWords {
    if let words = blanks { return words }
    return switch fault {
    case .integer(let why): integer(why)
    case .belowMinimum(let limit):
      FindingWords("\(name) is less than \(limit).", range)
    case .aboveMaximum(let limit):
      FindingWords("\(name) is more than \(limit).", range)
    case .tooShort(let length, let minimum):
      FindingWords("\(name) has \(length) characters, and at least \(minimum) are needed.", lengths)
    case .tooLong(let length, let maximum):
      FindingWords("\(name) has \(length) characters, and at most \(maximum) are allowed.", lengths)
    case .pattern(let index): pattern(rule.patterns[index])
    case .excluded(let index): excluded(rule.exclusions[index])
    case .dateFormat: DateHint(raw).words(name)
    case .dateImpossible:
      FindingWords("\(name) is no day of the calendar.", impossibleHint)
    case .email(let why): email(why)
    case .alternatives:
      FindingWords(
        "\(name) is in none of the forms that it may have, or in several.",
        rule.description ?? "See the field's schema.")
    case .notAChoice:
      FindingWords(
        "\(name) is not one of the values allowed.", "Use one of \((rule.choices ?? []).joined(separator: ", ")).")
    }
  }

  var name: String { column.heading }

  /// Blanks around a value are the fault whatever else the rules say of it.
  private var blanks: FindingWords? {
    guard !beginsAndEndsVisibly, let first = raw.first, let last = raw.last, column.path?.attribute != .name,
      !column.isMetadata
    else {
      return nil
    }
    guard first.isWhitespace || last.isWhitespace else { return nil }
    guard !raw.allSatisfy(\.isWhitespace) else {
      return FindingWords("\(name) holds nothing but blanks.", "Leave the cell empty where there is no value.")
    }
    let place = first.isWhitespace ? last.isWhitespace ? "at both ends" : "at its beginning" : "at its end"
    return FindingWords("\(name) has blanks \(place).", "Take the blanks out: nothing is trimmed.")
  }

  /// Whether first and last byte are visible signs of ASCII, as they are of most values: then neither is a blank.
  private var beginsAndEndsVisibly: Bool {
    guard let first = raw.utf8.first, let last = raw.utf8.last else { return false }
    return (0x21...0x7E).contains(first) && (0x21...0x7E).contains(last)
  }

  private var lengths: String {
    switch (rule.minLength ?? 0, rule.maxLength) {
    case (let least, let most?): "Between \(max(least, 1)) and \(most) characters are allowed."
    case (let least, nil): "At least \(least) characters are needed."
    }
  }

  var range: String {
    switch (rule.minimum, rule.maximum) {
    case (let least?, let most?): "It is an integer of minor units (cents) from \(least) to \(most)."
    case (let least?, nil): "It is an integer of minor units (cents) from \(least) on."
    case (nil, let most?): "It is an integer of minor units (cents) of at most \(most)."
    case (nil, nil): "It is an integer of minor units (cents)."
    }
  }

  private var impossibleHint: String {
    let parts = raw.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3, parts[0] > 0 else { return "Use a day of the calendar, YYYY-MM-DD." }
    guard (1...12).contains(parts[1]) else {
      return (1...12).contains(parts[2])
        ? "There is no month \(parts[1]): are day and month swapped? The form is YYYY-MM-DD."
        : "There is no month \(parts[1]): the form is YYYY-MM-DD."
    }
    return "That month has \(CivilDate.daysInMonth(year: parts[0], month: parts[1])) days."
  }
}

extension FieldText? {
  /// The words of the field's text; a column without rules has none to break.
  func words(_ fault: FieldFault) -> FindingWords { self?.words(fault) ?? .unknown }
}
