import BillModel
import SeededRandoms
import Tabular

@testable import LayoutGuessing

/// A file of fixed width whose columns are known.
struct FixedWidthFixture {
  /// What a column holds.
  enum Kind: String, CaseIterable {
    case reference, account, name, initials, address, zeroPadded, zoned, packed, decimal, integer
    case yyyyMMdd, ddMMyyyy, yyMMdd, yyyyDDD, dashedDate, slashedDate
    case currency, mobile, email, flag, filler, packedDate, code
  }

  struct Column {
    let kind: Kind
    let width: Int
  }

  let columns: [Column]
  /// Each record's values, as bytes of ASCII, or packed.
  let rows: [[UInt8]]
  /// Where packed numbers stand: not to be encoded.
  let packed: [Range<Int>]

  var width: Int { columns.reduce(0) { $0 + $1.width } }

  /// Where each column begins, from 0, but for those that are blank in all records.
  var starts: [Int] {
    var starts: [Int] = []
    var start = 0
    for column in columns {
      if column.kind != .filler { starts.append(start) }
      start += column.width
    }
    return starts
  }

  /// Where a column may begin without anybody being wrong: at fillers too, and at the end.
  var allStarts: Set<Int> { Set(columns.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.width) }) }

  init(_ columns: [Column], rows count: Int, _ random: inout SeededRandom) {
    self.columns = columns
    var rows: [[UInt8]] = []
    for row in 0..<count {
      rows.append(columns.flatMap { Self.value($0, row, &random) })
    }
    self.rows = rows
    var packed: [Range<Int>] = []
    var start = 0
    for column in columns {
      if column.kind == .packed || column.kind == .packedDate { packed.append(start..<start + column.width) }
      start += column.width
    }
    self.packed = packed
  }

  /// The file's bytes.
  func bytes(lineEnd: [UInt8] = [0x0A], encoding: String? = nil) throws -> [UInt8] {
    guard let encoding, let table = try TextEncoding(named: encoding).singleByteTable else {
      return rows.flatMap { $0 + lineEnd }
    }
    return rows.flatMap { row in
      row.indices.map { index -> UInt8 in
        if packed.contains(where: { $0.contains(index) }) { return row[index] }
        return table.encode(String(UnicodeScalar(row[index])))?.first ?? 0x6F
      } + lineEnd
    }
  }

  // MARK: Values

  private static let firsts = [
    "Thandi", "Sipho", "Jo", "Anna-Marie", "Lois", "Zanele", "Piet", "K", "Nomvula", "Mary", "Busisiwe", "Ed",
  ]
  private static let lasts = [
    "Nkosi", "van der Merwe", "Dlamini", "Botha", "O'Neill", "Smith and Sons, Ltd", "Ito", "Mokoena", "Fourie",
    "Le Roux",
    "Zulu", "Vilakazi",
  ]

  private static func value(_ column: Column, _ row: Int, _ random: inout SeededRandom) -> [UInt8] {
    func left(_ text: String) -> [UInt8] {
      Array(text.utf8.prefix(column.width)) + [UInt8](repeating: 0x20, count: max(0, column.width - text.utf8.count))
    }
    func right(_ text: String, _ fill: String = " ") -> [UInt8] {
      let text = text.suffix(column.width)
      return Array((String(repeating: fill, count: column.width - text.utf8.count) + text).utf8)
    }
    func day() -> (year: Int, month: Int, day: Int) {
      (
        Int.random(in: 2024...2025, using: &random), Int.random(in: 1...12, using: &random),
        Int.random(in: 1...28, using: &random)
      )
    }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    func amount() -> Int { Int.random(in: 1...9, using: &random) * Int.random(in: 100...99_999, using: &random) }
    let first = firsts[Int.random(in: 0..<firsts.count, using: &random)]
    let last = lasts[Int.random(in: 0..<lasts.count, using: &random)]
    switch column.kind {
    case .reference: return left("INV\(100_000 + row * 7)")
    case .account: return right("\(Int.random(in: 1000...999_999, using: &random))", "0")
    case .name: return left("\(first)\(random.oneIn(9) ? "  " : " ")\(last)")
    case .initials: return left("\(first.prefix(1)) \(last)")
    case .address: return left("\(Int.random(in: 1...250, using: &random)) \(last) Street")
    case .zeroPadded: return right("\(amount())", "0")
    case .zoned:
      var digits = right("\(amount())", "0")
      let end = digits.removeLast() - 0x30
      let isMinus = random.oneIn(9)
      return digits + [Array((isMinus ? "}JKLMNOPQR" : "{ABCDEFGHI").utf8)[Int(end)]]
    case .packed: return pack(amount(), column.width)
    case .packedDate:
      let day = day()
      return pack(day.year * 1000 + day.month * 28 + day.day, column.width)
    case .decimal:
      let cents = amount()
      return right("\(cents / 100).\(two(cents % 100))")
    case .integer: return right("\(Int.random(in: 1...4000, using: &random))")
    case .yyyyMMdd:
      let day = day()
      return Array("\(day.year)\(two(day.month))\(two(day.day))".utf8)
    case .ddMMyyyy:
      let day = day()
      return Array("\(two(day.day))\(two(day.month))\(day.year)".utf8)
    case .yyMMdd:
      let day = day()
      return Array("\(day.year % 100)\(two(day.month))\(two(day.day))".utf8)
    case .yyyyDDD:
      let number = Int.random(in: 1...365, using: &random)
      return Array("2025\(number < 100 ? "0" : "")\(two(number))".utf8)
    case .dashedDate:
      let day = day()
      return Array("\(day.year)-\(two(day.month))-\(two(day.day))".utf8)
    case .slashedDate:
      let day = day()
      return Array("\(two(day.day))/\(two(day.month))/\(day.year)".utf8)
    case .currency: return Array((random.oneIn(4) ? "USD" : "ZAR").utf8)
    case .mobile: return left("+2782\(Int.random(in: 1_000_000...9_999_999, using: &random))")
    case .email:
      return left(
        random.oneIn(3) ? "" : "\(first.lowercased())@\(last.prefix(4).lowercased().filter(\.isLetter)).co.za")
    case .flag: return Array((random.oneIn(2) ? "Y" : "N").utf8)
    case .code: return left(["PREPAID", "POST", "TRIAL"][Int.random(in: 0..<3, using: &random)])
    case .filler: return left("")
    }
  }

  private static func pack(_ number: Int, _ width: Int) -> [UInt8] {
    var digits = String(number)
    digits = String(repeating: "0", count: width * 2 - 1 - digits.utf8.count) + digits
    var halves = digits.utf8.map { $0 - 0x30 }
    halves.append(0x0C)
    return stride(from: 0, to: halves.count, by: 2).map { halves[$0] << 4 | halves[$0 + 1] }
  }
}
