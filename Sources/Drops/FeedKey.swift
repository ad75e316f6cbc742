package import BillModel

/// What puts the files of a feed in order.
package enum FeedKey: Hashable, Comparable, Sendable, CustomStringConvertible {
  case date(CivilDate)
  /// At least 0.
  case sequence(Int64)

  /// A date as names write it, `2026-02-01` or `20260201`; `nil` for anything else.
  package init?(date text: some StringProtocol) {
    let digits = text.utf8.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: ".") }
    guard digits.count == 8, text.utf8.count == 8 || text.utf8.count == 10, let number = Self.number(digits),
      let date = CivilDate(year: Int(number / 10_000), month: Int(number / 100 % 100), day: Int(number % 100))
    else { return nil }
    self = .date(date)
  }

  /// A sequence number, leading zeros allowed; `nil` for anything else.
  package init?(sequence text: some StringProtocol) {
    guard let number = Self.number(Array(text.utf8)) else { return nil }
    self = .sequence(number)
  }

  /// What the named groups of a name's pattern say: `date`, or `year` with `month` and `day`, or `sequence`.
  package init?(groups: [String: String]) {
    if let date = groups["date"] {
      self.init(date: date)
    } else if let year = groups["year"], let month = groups["month"], let day = groups["day"] {
      self.init(date: year + month + day)
    } else if let sequence = groups["sequence"] {
      self.init(sequence: sequence)
    } else {
      return nil
    }
  }

  /// A key from its text in the ledger.
  package init?(sortText: String) {
    if sortText.utf8.count == 10 { self.init(date: sortText) } else { self.init(sequence: sortText) }
  }

  /// A text that orders like the keys of one kind: the date, or 18 digits.
  package var sortText: String {
    switch self {
    case .date(let date): return date.description
    case .sequence(let number):
      let digits = String(number)
      return String(repeating: "0", count: 18 - digits.count) + digits
    }
  }

  package var description: String {
    switch self {
    case .date(let date): date.description
    case .sequence(let number): String(number)
    }
  }

  private static func number(_ digits: [UInt8]) -> Int64? {
    guard (1...18).contains(digits.count), digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int64($1 - 48) }
  }
}
