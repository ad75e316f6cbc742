import SeededRandoms

extension WrittenConversion {
  private static func amount(
    _ name: String, _ form: String, bad: [String], _ text: @escaping @Sendable (Bool, String, String) -> String
  ) -> WrittenConversion {
    .init(name, form, .balance, bad: bad) { random in
      let minor = Int64.random(in: 0...999_999_999_999, using: &random) / random.pick([1, 1000, 100_000_000])
      let isNegative = minor > 0 && random.oneIn(3)
      let cents = String(minor % 100)
      let decimals = cents.count == 1 ? "0" + cents : cents
      return (text(isNegative, String(minor / 100), decimals), String(isNegative ? -minor : minor))
    }
  }

  private static func grouped(_ digits: String, _ mark: String) -> String {
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { result += mark }
      result.append(digit)
    }
    return result
  }

  static let amounts: [WrittenConversion] = [
    amount("amount", #""amount""#, bad: ["1.234", "1,00", "12.3.4"]) { ($0 ? "-" : "") + $1 + "." + $2 },
    amount(
      "amount with a comma and points", #"{ "amount": { "decimal": ",", "group": "." } }"#,
      bad: ["1.23,00", "1,234", "1.0000,00"]
    ) {
      ($0 ? "-" : "") + grouped($1, ".") + "," + $2
    },
    amount("amount with blanks", #"{ "amount": { "group": " " } }"#, bad: ["1  000.00", " 1.00", "1 00.00"]) {
      ($0 ? "-" : "") + grouped($1, " ") + "." + $2
    },
    amount("amount with apostrophes", #"{ "amount": { "group": "'" } }"#, bad: ["1''000.00", "1'.00", "'1.00"]) {
      ($0 ? "-" : "+") + grouped($1, "'") + "." + $2
    },
    amount("amount with a trailing sign", #"{ "amount": { "sign": "trailing" } }"#, bad: ["-1.00", "1.00--", "1.001-"])
    {
      $1 + "." + $2 + ($0 ? "-" : "")
    },
    amount("amount in parentheses", #"{ "amount": { "sign": "parentheses" } }"#, bad: ["(1.00", "1.00)", "(-1.00)"]) {
      $0 ? "(\($1).\($2))" : "\($1).\($2)"
    },
    amount("amount with CR", #"{ "amount": { "sign": "cr" } }"#, bad: ["-1.00", "1.00 C", "1.00CRCR"]) {
      $1 + "." + $2 + ($0 ? "CR" : "DR")
    },
    amount(
      "amount with implied decimals", #"{ "amount": { "implied_decimals": 2 } }"#,
      bad: ["1.00", "12 3", "99999999999999999999"]
    ) {
      ($0 ? "-" : "") + "000" + $1 + $2
    },
    amount(
      "amount with four implied decimals", #"{ "amount": { "implied_decimals": 4 } }"#,
      bad: ["10001", "1.0000", "12345"]
    ) {
      ($0 ? "-" : "") + $1 + $2 + "00"
    },
  ]

  private static func date(
    _ name: String, _ form: String, bad: [String], years: ClosedRange<Int> = 1950...2049,
    _ text: @escaping @Sendable (Int, Int, Int) -> String
  ) -> WrittenConversion {
    .init(name, #"{ "date": \#(form) }"#, .date, bad: bad) { random in
      let year = Int.random(in: years, using: &random)
      let month = Int.random(in: 1...12, using: &random)
      let day = Int.random(in: 1...daysIn(year, month), using: &random)
      return (text(year, month, day), "\(year)-\(two(month))-\(two(day))")
    }
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

  private static func daysIn(_ year: Int, _ month: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  private static let months = ["Jan", "feb", "MAR", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  static let dates: [WrittenConversion] = [
    date("date, day first", #""dd.MM.yyyy""#, bad: ["31.02.2026", "1.2.2026", "01.13.2026"]) {
      "\(two($2)).\(two($1)).\($0)"
    },
    date("date, month first", #""M/d/yyyy""#, bad: ["13/1/2026", "2/30/2026", "1-2-2026"]) { "\($1)/\($2)/\($0)" },
    date("date of digits", #""yyyyMMdd""#, bad: ["20260230", "2026010", "45992"]) { "\($0)\(two($1))\(two($2))" },
    date("date with a month's name", #""d MMM yyyy""#, bad: ["1 Foo 2026", "32 Jan 2026", "1 January 2026"]) {
      "\($2) \(months[$1 - 1]) \($0)"
    },
    date("date with a pivot", #"{ "pattern": "yyMMdd", "pivot": 1950 }"#, bad: ["260230", "26011", "2601011"]) {
      "\(two($0 % 100))\(two($1))\(two($2))"
    },
    date("day of the year", #""yyyyDDD""#, bad: ["2026366", "2026000", "202612"]) { year, month, day in
      let ordinal = (1..<month).reduce(day) { $0 + daysIn(year, $1) }
      return "\(year)" + String(repeating: "0", count: 3 - String(ordinal).count) + String(ordinal)
    },
    date(
      "date that may be missing", #"{ "pattern": "yyyy-MM-dd", "empty": ["00000000"] }"#,
      bad: ["0000-00-00", "2026-2-1", "00000001"]
    ) {
      "\($0)-\(two($1))-\(two($2))"
    },
  ]
}
