import BillModel

/// The ways to write a date as digits alone.
enum DigitDate: String, CaseIterable {
  case yyyyMMdd, ddMMyyyy, MMddyyyy, yyMMdd, ddMMyy, MMddyy, yyyyDDD, yyDDD

  var length: Int { rawValue.count }

  /// How much a value that is such a date proves, in bits: one in so many numbers is none.
  private var bits: Double {
    switch self {
    case .yyyyMMdd, .ddMMyyyy, .MMddyyyy: 10
    case .yyMMdd, .ddMMyy, .MMddyy: 6
    case .yyyyDDD: 9
    case .yyDDD: 3
    }
  }

  /// Year, month and day of a number; for a day of the year, the month is 1 and the day is its number.
  private func parts(_ number: Int) -> (year: Int, month: Int, day: Int) {
    switch self {
    case .yyyyMMdd: (number / 10_000, number / 100 % 100, number % 100)
    case .ddMMyyyy: (number % 10_000, number / 10_000 % 100, number / 1_000_000)
    case .MMddyyyy: (number % 10_000, number / 1_000_000, number / 10_000 % 100)
    case .yyMMdd: (2000 + number / 10_000, number / 100 % 100, number % 100)
    case .ddMMyy: (2000 + number % 100, number / 100 % 100, number / 10_000)
    case .MMddyy: (2000 + number % 100, number / 10_000, number / 100 % 100)
    case .yyyyDDD: (number / 1000, 1, number % 1000)
    case .yyDDD: (2000 + number / 1000, 1, number % 1000)
    }
  }

  /// The day as a number that orders like the dates; `nil` where there is no such day of our time.
  func day(_ number: Int) -> Int? {
    let (year, month, day) = parts(number)
    switch self {
    case .yyyyDDD, .yyDDD:
      guard (2010...2040).contains(year), (1...366).contains(day) else { return nil }
      return year * 10_000 + day
    case .yyMMdd, .ddMMyy, .MMddyy:
      guard (2010...2040).contains(year) else { return nil }
    default:
      guard (1930...2069).contains(year) else { return nil }
    }
    return CivilDate(year: year, month: month, day: day).map { Int($0.packed) }
  }

  /// What a column of numbers is as dates.
  struct Reading {
    let form: DigitDate
    /// Other forms that all values have as well, and that are as likely.
    var others: [DigitDate]
    /// How sure it is that they are dates, in bits.
    let bits: Double
    /// From the first day to the last, as numbers that order like the dates.
    let days: ClosedRange<Int>
    /// How many values are zeros or nines alone: no date.
    let empty: Set<Int>

    /// Whether bills can be of these days.
    var isOfBills: Bool { days.lowerBound >= 2000_0000 }
  }

  /// The form that all numbers of so many digits have; `nil` where none has.
  static func reading(_ numbers: [Int], digits: Int) -> Reading? {
    let nines = (0..<digits).reduce(0) { number, _ in number * 10 + 9 }
    let empty = Set(numbers).intersection([0, nines])
    let real = numbers.filter { !empty.contains($0) }
    let distinct = Set(real)
    guard real.count * 2 >= numbers.count, !real.isEmpty else { return nil }
    var fits: [(form: DigitDate, years: Int, days: ClosedRange<Int>)] = []
    for form in allCases where form.length == digits {
      var (least, greatest, bad) = (Int.max, 0, 0)
      var years: Set<Int> = []
      for number in real {
        guard let day = form.day(number) else {
          bad += 1
          if bad * 50 > real.count { break }
          continue
        }
        (least, greatest) = (min(least, day), max(greatest, day))
        years.insert(day / 10_000)
      }
      if bad * 50 <= real.count, least <= greatest { fits.append((form, years.count, least...greatest)) }
    }
    // The right one has few years: what is read the wrong way round has as many as there are days.
    guard let best = fits.min(by: { $0.years < $1.years }) else { return nil }
    let others = fits.filter { $0.form != best.form && $0.years <= best.years + 3 }.map(\.form)
    let narrow = best.years <= 3 ? 1.5 : 0
    let bits = (best.form.bits + narrow) * Double(min(distinct.count, 8))
    return Reading(form: best.form, others: others, bits: bits, days: best.days, empty: empty)
  }
}
