import BillLayouts
package import BillModel

/// What is wrong with all values of a column, and the line of a layout that makes them right.
package struct ColumnMend: Hashable, Sendable {
  /// The code of its findings.
  package let code: FindingCode
  /// The field that the column fills.
  package let path: String
  /// How many values it has.
  package let count: Int
  /// One sentence or two: what they have in common, and what isn't proven.
  package let message: String
  /// A member of a layout's `fields`, with a comma behind it.
  package let line: String
}

/// The values of a column that are all wrong, and what they have in common.
package struct WrongValues {
  /// Values of dates and the like repeat: they are looked at once.
  private static let mostRemembered = 100_000

  private let code: FindingCode
  private var profile = ColumnProfile()
  private var regions = PhoneRegion.known
  private var seen: Set<String> = []
  private var example = ""

  /// - Parameter code: What is found of them.
  package init(_ code: FindingCode) { self.code = code }

  /// Takes the next value, as the file has it; `false` once no line can mend them all.
  package mutating func add(_ value: String) -> Bool {
    if seen.contains(value) { return true }
    if seen.count < Self.mostRemembered { seen.insert(value) }
    if example.isEmpty || !isTelling(example) && isTelling(value) { example = value }
    profile.add(value)
    if !regions.isEmpty { regions.removeAll { !$0.reads(value) } }
    return switch code {
    case .dateFormat: profile.dates.isOfOneShape(profile.filled)
    case .amountFormat: profile.amounts.count == profile.filled && profile.amounts.whole == 0
    case .phoneFormat: !regions.isEmpty
    default: false
    }
  }

  /// Whether a date tells day from month, as one of its numbers can be no month; whether an amount may have a decimal mark.
  private func isTelling(_ value: String) -> Bool {
    if code == .amountFormat { return value.contains { ".,".contains($0) } }
    return value.split { "/.-".contains($0) }.contains { $0.utf8.count <= 2 && (Int($0) ?? 0) > 12 }
  }

  /// The line that mends a column of these values; `nil` where they don't have enough in common.
  ///
  /// - Parameters:
  ///   - path: The field.
  ///   - heading: The column.
  ///   - count: How many values there are.
  ///   - isTrimmed: Whether the layout takes blanks away already.
  package func mend(
    path: String, heading: String, count: Int, isTrimmed: Bool
  ) -> ColumnMend? {
    guard profile.filled > 0, let (words, step) = step(path, count) else { return nil }
    let steps = (isTrimmed || profile.untrimmed > 0 ? ["\"trim\""] : []) + [step]
    let column = FieldGuesser.quoted(heading)
    return ColumnMend(
      code: code, path: path, count: count, message: words,
      line: "\(FieldGuesser.quoted(path)): { \"column\": \(column), \"steps\": [\(steps.joined(separator: ", "))] },")
  }

  private func step(_ path: String, _ count: Int) -> (String, String)? {
    let them = "all \(count) values of \(path)"
    return switch code {
    case .dateFormat: date(them)
    case .amountFormat: amount(them, path)
    case .phoneFormat: phone(them)
    default: nil
    }
  }

  private func date(_ them: String) -> (String, String)? {
    guard let form = profile.dates.form, form.count == profile.filled, !form.isPlain else { return nil }
    let (dayFirst, monthFirst) = (form.pattern(dayFirst: true), form.pattern(dayFirst: false))
    var pattern = dayFirst
    var words: String
    switch form.order {
    case .sure: words = "In \(them) days are written in another form, as \(example). A layout reads them by:"
    case .dayFirst: words = "In \(them) the day stands first, as in \(example). A layout reads them by:"
    case .monthFirst:
      words = "In \(them) the month stands first, as in \(example). A layout reads them by:"
      pattern = monthFirst
    case .unknown:
      words =
        "In \(them) no day is above 12, as in \(example): the file doesn't prove whether the day stands first "
        + "(\(dayFirst)) or the month (\(monthFirst)). Ask who sent it; if it is the day, a layout reads them by:"
    case .contradictory: return nil
    }
    guard form.shape.kind == .shortYearLast else { return (words, "{ \"date\": \"\(pattern)\" }") }
    words = "Their years have two digits: the pivot takes them for 2000 to 2099. " + words
    return (words, "{ \"date\": { \"pattern\": \"\(pattern)\", \"pivot\": 2000 } }")
  }

  private func amount(_ them: String, _ path: String) -> (String, String)? {
    let tally = profile.amounts
    guard tally.count == profile.filled, tally.whole == 0, let mark = tally.decimal else { return nil }
    let step = AmountStep(tally, isPath: true)
    guard let text = step.step, step.doubts.isEmpty else { return nil }
    let those = tally.point + tally.comma == tally.count ? them : "values of \(path)"
    let words =
      "In \(those) stands a decimal \(mark == "," ? "comma" : "point"), as in \(example), and a bill takes minor units "
      + "(cents) without one. If these are major units (rands), a layout reads them by:"
    return (words, text)
  }

  private func phone(_ them: String) -> (String, String)? {
    guard let region = regions.first(where: { $0.code == "ZA" }) ?? regions.first else { return nil }
    let others = regions.map(\.code).filter { $0 != region.code }
    let not = others.isEmpty ? "" : " (their form would do for \(others.joined(separator: ", ")), too)"
    return (
      "In \(them) the country code is missing. If the numbers are of \(region.code)\(not), a layout reads them by:",
      "{ \"phone\": \"\(region.code)\" }"
    )
  }
}
