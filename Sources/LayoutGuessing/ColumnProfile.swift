import BillModel

/// What all the values of one column say about it.
struct ColumnProfile {
  /// Most different values that are remembered.
  private let mostRemembered: Int
  private(set) var filled = 0
  private(set) var dates = DateTally()
  private(set) var amounts = AmountTally()
  private(set) var currencies = 0
  private(set) var emails = 0
  private(set) var internationalPhones = 0
  private(set) var phones = 0
  /// Values such as 1.23E+11.
  private(set) var scientific = 0
  /// Values that are nothing but `#`.
  private(set) var hashes = 0
  /// Values of digits alone that are 40000 to 60000, as a spreadsheet counts the days from 2009 to 2064.
  private(set) var serials = 0
  /// Values with a blank at an end.
  private(set) var untrimmed = 0
  /// Their hashes, which are smaller.
  private var seen: Set<Int> = []
  private(set) var repeats = 0

  init(mostRemembered: Int = 200_000) { self.mostRemembered = mostRemembered }

  mutating func add(_ raw: String) {
    let value = Self.trimmed(raw)
    if value.isEmpty { return }
    filled += 1
    if value.utf8.count != raw.utf8.count { untrimmed += 1 }
    if seen.count < mostRemembered, !seen.insert(value.hashValue).inserted { repeats += 1 }
    dates.add(value)
    amounts.add(value)
    if let code = CurrencyCode(value), Currency.isActive(code) { currencies += 1 }
    if value.contains("@") { emails += 1 }
    if value.allSatisfy({ $0 == "#" }) { hashes += 1 }
    if let number = Int(value), (40_000...60_000).contains(number) { serials += 1 }
    addPhone(value)
    let upper = value.uppercased()
    if upper.contains("E+"), upper.utf8.allSatisfy({ ($0 >= 48 && $0 <= 57) || "E+.,".utf8.contains($0) }) {
      scientific += 1
    }
  }

  private mutating func addPhone(_ value: String) {
    let digits = value.utf8.count { $0 >= 48 && $0 <= 57 }
    guard (7...15).contains(digits), value.utf8.allSatisfy({ ($0 >= 48 && $0 <= 57) || "+ -()/.".utf8.contains($0) })
    else {
      return
    }
    phones += 1
    if value.hasPrefix("+"), value.utf8.count == digits + 1 { internationalPhones += 1 }
  }

  /// Whether so many values are most of the column, but for a few bad ones.
  func isMost(_ count: Int) -> Bool { filled > 0 && count * 10 >= filled * 8 }

  /// Whether every bill has a value of its own here, but for a few bad ones.
  var isUnique: Bool { filled > 1 && repeats * 10 <= filled }

  private static func trimmed(_ value: String) -> String {
    let blanks: Set<Character> = [" ", "\t", "\u{A0}"]
    guard value.first.map(blanks.contains) ?? false || value.last.map(blanks.contains) ?? false else { return value }
    let start = value.drop(while: blanks.contains)
    return String(start.reversed().drop(while: blanks.contains).reversed())
  }
}
