/// What a column's values look like, in a few words.
struct ColumnWords {
  let words: String

  init(_ column: FixedWidthColumn, _ places: Places) {
    let kind = Self.kind(column)
    let profile = column.profile
    var more: [String] = []
    if profile.filled < places.count { more.append("empty in \(places.count - profile.filled)") }
    if column.isConstant, profile.filled > 2 {
      more.append("always the same")
    } else if profile.repeats == 0, profile.filled > 2 {
      more.append(column.isSequence ? "each one more than the last" : "all different")
    }
    words = ([kind] + more).joined(separator: ", ")
  }

  private static func kind(_ column: FixedWidthColumn) -> String {
    if column.isIdentity { return "identity numbers" }
    if let dates = column.dates { return "dates \(dates.form.rawValue)" }
    switch column.cut.kind {
    case .packed: return "packed numbers"
    case .zoned: return "zoned numbers"
    case .currency: return "currencies"
    case .decimal: return "numbers with a decimal mark"
    case .number: return "numbers"
    case .digits: return "digits"
    case .date, .digitDate: return "dates"
    case nil: break
    }
    let profile = column.profile
    if profile.isMost(profile.emails) { return "addresses with @" }
    if column.lettered > 0 { return column.digital > 0 ? "letters and digits" : "letters" }
    if column.digital == 0 { return "marks, or no text" }
    return profile.amounts.whole == profile.filled ? "digits" : "digits and marks"
  }
}
