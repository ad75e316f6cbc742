import BillModel

/// What all the values of one column say about it.
struct ColumnProfile {
  /// Most different values that are remembered.
  private let mostRemembered: Int
  private(set) var filled = 0
  private(set) var dates = DateTally()
  private(set) var amounts = AmountTally()
  private var signed = SignedAmounts()
  private(set) var currencies = 0
  private(set) var emails = 0
  /// Values that are ids of Moment's for a customer or an account.
  private(set) var ids = 0
  /// Values like an identity number or a telephone number as it is dialled.
  private(set) var personal = 0
  /// Values with a digit.
  private(set) var numbered = 0
  /// Values with a blank inside.
  private(set) var worded = 0
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
    signed.add(value)
    if let code = CurrencyCode(value), Currency.isActive(code) { currencies += 1 }
    if value.contains("@") { emails += 1 }
    if value.hasPrefix("bcus_") || value.hasPrefix("bacc_") { ids += 1 }
    if value.contains(where: { $0.isASCII && $0.isNumber }) { numbered += 1 }
    if value.contains(where: \.isWhitespace) { worded += 1 }
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
    let isDialled = value.hasPrefix("+") || value.hasPrefix("0") && !value.hasPrefix("00")
    if digits == 13 && value.utf8.count == 13 || digits >= 9 && isDialled {
      personal += 1
    }
    if value.hasPrefix("+"), value.utf8.count == digits + 1 { internationalPhones += 1 }
  }

  /// How the values are written as amounts, and the signs of a currency that have to be taken away for it.
  var money: (tally: AmountTally, signs: [String]) {
    let signs = signed.removable
    // A sign on a few values alone is what is wrong with these.
    guard !signs.isEmpty, isMost(signed.count), isMost(signed.tally.count) else { return (amounts, []) }
    return (signed.tally, signs)
  }

  /// Whether the values look like references: with digits, without blanks, and nothing that says who somebody is.
  var isOfReferences: Bool { isMost(numbered) && worded * 10 <= filled && !isMost(personal) }

  /// Whether the values look like names: without digits.
  var isOfNames: Bool { filled > 0 && numbered * 10 <= filled }

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
