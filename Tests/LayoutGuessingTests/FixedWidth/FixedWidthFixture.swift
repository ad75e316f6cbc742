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
    let first = random.pick(firsts)
    let last = random.pick(lasts)
    let number = Int.random(in: 1000...999_999, using: &random)
    let text =
      switch column.kind {
      case .reference: "INV\(100_000 + row * 7)"
      case .name: "\(first)\(random.oneIn(9) ? "  " : " ")\(last)"
      case .initials: "\(first.prefix(1)) \(last)"
      case .address: "\(Int.random(in: 1...250, using: &random)) \(last) Street"
      case .mobile: "+2782\(1_000_000 + number)"
      case .email:
        random.oneIn(3) ? "" : "\(first.lowercased())@\(last.prefix(4).lowercased().filter(\.isLetter)).co.za"
      case .code: random.pick(["PREPAID", "POST", "TRIAL"])
      case .currency: random.oneIn(4) ? "USD" : "ZAR"
      case .flag: random.oneIn(2) ? "Y" : "N"
      case .filler: ""
      case .account: zeros(number, column.width)
      case .packedDate, .yyyyMMdd, .ddMMyyyy, .yyMMdd, .yyyyDDD, .dashedDate, .slashedDate: date(column.kind, &random)
      case .zeroPadded, .zoned, .packed, .decimal, .integer: amount(column, &random)
      }
    let isPacked = column.kind == .packed || column.kind == .packedDate
    if isPacked { return pack(Int(text) ?? 0, column.width) }
    return Array(text.utf8.prefix(column.width))
      + [UInt8](repeating: 0x20, count: max(0, column.width - text.utf8.count))
  }

  private static func zeros(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  private static func amount(_ column: Column, _ random: inout SeededRandom) -> String {
    let amount = Int.random(in: 1...9, using: &random) * Int.random(in: 100...99_999, using: &random)
    switch column.kind {
    case .packed: return String(amount)
    case .zeroPadded: return zeros(amount, column.width)
    case .zoned:
      var digits = zeros(amount, column.width)
      let last = digits.removeLast().wholeNumberValue ?? 0
      return digits + String(Array(random.oneIn(9) ? "}JKLMNOPQR" : "{ABCDEFGHI")[last])
    default:
      let isWhole = column.kind == .integer
      let text = isWhole ? "\(1 + amount % 4000)" : "\(amount / 100).\(zeros(amount % 100, 2))"
      return String(repeating: " ", count: column.width - text.utf8.count) + text
    }
  }

  private static func date(_ kind: Kind, _ random: inout SeededRandom) -> String {
    let year = "\(Int.random(in: 2024...2025, using: &random))"
    let month = zeros(Int.random(in: 1...12, using: &random), 2)
    let day = zeros(Int.random(in: 1...28, using: &random), 2)
    return switch kind {
    case .ddMMyyyy: day + month + year
    case .yyMMdd: year.suffix(2) + month + day
    case .yyyyDDD, .packedDate: year + zeros(Int.random(in: 1...365, using: &random), 3)
    case .dashedDate: "\(year)-\(month)-\(day)"
    case .slashedDate: "\(day)/\(month)/\(year)"
    default: year + month + day
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
