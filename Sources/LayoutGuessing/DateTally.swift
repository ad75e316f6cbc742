import BillModel

/// How the values of a column are written as dates, and what that proves of the order of day and month.
struct DateTally {
  /// How a date is written, but for the order of day and month.
  struct Shape: Hashable {
    enum Kind: Hashable { case yearFirst, yearLast, shortYearLast, monthName, compact, compactYearLast }
    let kind: Kind
    /// Between the pieces; empty in the compact ones.
    let mark: String
  }

  private struct Count {
    var all = 0
    /// Of these, so many are a day of the calendar only with the day before the month, and only the other way round.
    var dayFirstOnly = 0
    var monthFirstOnly = 0
    /// Whether some have one digit for day or month.
    var hasSingleDigits = false
  }

  private var counts: [Shape: Count] = [:]

  mutating func add(_ value: String) {
    guard let read = Self.read(value) else { return }
    var count = counts[read.shape] ?? Count()
    count.all += 1
    count.hasSingleDigits = count.hasSingleDigits || read.hasSingleDigits
    if !read.canBeMonthFirst { count.dayFirstOnly += 1 }
    if !read.canBeDayFirst { count.monthFirstOnly += 1 }
    counts[read.shape] = count
  }

  /// Whether so many values are all dates, and all written alike.
  func isOfOneShape(_ values: Int) -> Bool { counts.count <= 1 && (counts.first?.value.all ?? 0) == values }

  /// What the column is written like.
  struct Form {
    enum Order { case sure, dayFirst, monthFirst, unknown, contradictory }
    let shape: Shape
    /// How many values are so written.
    let count: Int
    let order: Order
    let hasSingleDigits: Bool

    /// The pattern of a step `date` with the day first, or the month.
    func pattern(dayFirst: Bool) -> String {
      let mark = shape.mark
      let (day, month) = hasSingleDigits ? ("d", "M") : ("dd", "MM")
      let pair = dayFirst ? "\(day)\(mark)\(month)" : "\(month)\(mark)\(day)"
      return switch shape.kind {
      case .yearFirst: "yyyy\(mark)\(month)\(mark)\(day)"
      case .yearLast: "\(pair)\(mark)yyyy"
      case .shortYearLast: "\(pair)\(mark)yy"
      case .monthName: "\(day)\(mark)MMM\(mark)yyyy"
      case .compact: "yyyyMMdd"
      case .compactYearLast: "\(pair)yyyy"
      }
    }

    /// Whether the values are already what a bill takes.
    var isPlain: Bool { shape == Shape(kind: .yearFirst, mark: "-") && !hasSingleDigits }
  }

  /// The form that most values have.
  var form: Form? {
    guard let (shape, count) = counts.max(by: { $0.value.all < $1.value.all }) else { return nil }
    let order: Form.Order =
      switch (shape.kind, count.dayFirstOnly > 0, count.monthFirstOnly > 0) {
      case (.yearFirst, _, _), (.compact, _, _), (.monthName, _, _): .sure
      case (_, true, true): .contradictory
      case (_, true, false): .dayFirst
      case (_, false, true): .monthFirst
      case (_, false, false): .unknown
      }
    return Form(shape: shape, count: count.all, order: order, hasSingleDigits: count.hasSingleDigits)
  }

  // MARK: One value

  private struct Reading {
    let shape: Shape
    var canBeDayFirst = true
    var canBeMonthFirst = true
    var hasSingleDigits = false
  }

  private static let months = "jan feb mar apr may jun jul aug sep oct nov dec".split(separator: " ").map(String.init)

  private static func read(_ value: String) -> Reading? {
    guard value.utf8.count >= 6, value.utf8.count <= 11 else { return nil }
    if value.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) { return value.utf8.count == 8 ? compact(value) : nil }
    for mark in ["-", "/", "."] {
      let parts = value.split(separator: mark, omittingEmptySubsequences: false).map(String.init)
      if parts.count == 3 { return pieces(parts, mark) }
    }
    return nil
  }

  private static func pieces(_ parts: [String], _ mark: String) -> Reading? {
    let numbers = parts.map { part in part.utf8.allSatisfy { $0 >= 48 && $0 <= 57 } ? Int(part) : nil }
    let widths = parts.map(\.utf8.count)
    if let year = numbers[0], widths[0] == 4, let month = numbers[1], let day = numbers[2], widths[1] <= 2,
      widths[2] <= 2
    {
      guard isDay(year, month, day) else { return nil }
      return Reading(
        shape: Shape(kind: .yearFirst, mark: mark), hasSingleDigits: widths[1] == 1 || widths[2] == 1)
    }
    guard let first = numbers[0], let year = numbers[2], widths[0] <= 2, widths[2] == 4 || widths[2] == 2 else {
      return nil
    }
    let full = widths[2] == 4 ? year : 2000 + year
    guard let second = numbers[1], widths[1] <= 2 else {
      guard let month = months.firstIndex(of: parts[1].lowercased()), widths[2] == 4, isDay(full, month + 1, first)
      else {
        return nil
      }
      return Reading(shape: Shape(kind: .monthName, mark: mark), hasSingleDigits: widths[0] == 1)
    }
    let shape = Shape(kind: widths[2] == 4 ? .yearLast : .shortYearLast, mark: mark)
    return ordered(shape, first, second, full, hasSingleDigits: widths[0] == 1 || widths[1] == 1)
  }

  private static func compact(_ value: String) -> Reading? {
    guard let number = Int(value) else { return nil }
    if isDay(number / 10_000, number / 100 % 100, number % 100) {
      return Reading(shape: Shape(kind: .compact, mark: ""))
    }
    return ordered(
      Shape(kind: .compactYearLast, mark: ""), number / 1_000_000, number / 10_000 % 100, number % 10_000,
      hasSingleDigits: false)
  }

  private static func ordered(
    _ shape: Shape, _ first: Int, _ second: Int, _ year: Int, hasSingleDigits: Bool
  ) -> Reading? {
    let dayFirst = isDay(year, second, first)
    let monthFirst = isDay(year, first, second)
    guard dayFirst || monthFirst else { return nil }
    return Reading(
      shape: shape, canBeDayFirst: dayFirst, canBeMonthFirst: monthFirst, hasSingleDigits: hasSingleDigits)
  }

  /// Bills are of our time: other years are no dates here.
  private static func isDay(_ year: Int, _ month: Int, _ day: Int) -> Bool {
    (1950...2099).contains(year) && CivilDate(year: year, month: month, day: day) != nil
  }
}
