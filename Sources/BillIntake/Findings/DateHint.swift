import BillModel

/// What a text that isn't `YYYY-MM-DD` probably means.
struct DateHint {
  private let raw: String

  init(_ raw: String) { self.raw = raw }

  func words(_ name: String) -> FindingWords {
    FindingWords("\(name) is not of the form YYYY-MM-DD.", hint)
  }

  private var hint: String {
    let parts = raw.split(omittingEmptySubsequences: false) { "/.- ".contains($0) }
    let numbers = parts.compactMap { Int($0) }
    if parts.count == 3, numbers.count == 3 { return threeNumbers(parts, numbers) }
    if raw.count == 8, let packed = Int(raw), let date = date(packed / 10_000, packed / 100 % 100, packed % 100) {
      return "Write \(date)."
    }
    if raw.count == 5, let serial = Int(raw), (20_000...80_000).contains(serial) {
      return
        "A spreadsheet wrote the date as a number of days: format the column as text YYYY-MM-DD and export it again."
    }
    if raw.hasPrefix("##") {
      return "A spreadsheet's column was too narrow to show the date: export it again from a wider one."
    }
    if raw.count > 10, let date = date(text: raw.prefix(10)) { return "Leave the time out: \(date)." }
    return "Write year, month and day as in 2026-01-31."
  }

  private func threeNumbers(_ parts: [Substring], _ numbers: [Int]) -> String {
    if parts[0].count == 4 {
      return date(numbers[0], numbers[1], numbers[2]).map { "Write \($0)." }
        ?? "Write year, month and day as in 2026-01-31."
    }
    guard parts[2].count == 4 else { return "Write the year in four digits and first, as in 2026-01-31." }
    let dayFirst = date(numbers[2], numbers[1], numbers[0])
    let monthFirst = date(numbers[2], numbers[0], numbers[1])
    switch (dayFirst, monthFirst) {
    case (let date?, nil), (nil, let date?): return "Write \(date)."
    case (let one?, let other?) where one == other: return "Write \(one)."
    case (let one?, let other?): return "Write \(one) if the day comes first in it, \(other) if the month does."
    case (nil, nil): return "Write year, month and day as in 2026-01-31."
    }
  }

  private func date(text: Substring) -> CivilDate? {
    let parts = text.split(separator: "-").compactMap { Int($0) }
    return parts.count == 3 ? date(parts[0], parts[1], parts[2]) : nil
  }

  private func date(_ year: Int, _ month: Int, _ day: Int) -> CivilDate? {
    CivilDate(year: year, month: month, day: day)
  }
}
