import SeededRandoms

/// A random bill file as a table of texts, full of faults and of rows that clash.
struct RandomTable {
  var headings: [String]
  var rows: [[String]] = []

  static let all = [
    "external_reference", "currency", "amount_due", "bill_date", "due_date", "metadata.period",
    "account.external_reference", "account.name", "account.balance", "account.currency",
    "account.customer.external_reference", "account.customer.name", "account.customer.phone",
    "customer.external_reference", "customer.name", "customer.phone", "customer.metadata.region", "customer", "account",
  ]

  init(rows count: Int, random: inout SeededRandom) {
    headings = Self.all.shuffled(using: &random)
    for _ in 0..<count {
      if let old = rows.randomElement(using: &random), random.oneIn(8) {
        rows.append(old)
      } else {
        rows.append(Self.row(headings, references: max(2, count), &random))
      }
    }
  }

  private static func row(_ headings: [String], references: Int, _ random: inout SeededRandom) -> [String] {
    let onAccount = !random.oneIn(3)
    let isWild = random.oneIn(10)
    var cells = headings.map { heading -> String in
      if !isWild {
        if onAccount, heading.hasPrefix("customer") || heading == "account" { return "" }
        if !onAccount, heading.hasPrefix("account") || heading == "customer" { return "" }
      }
      return cell(heading, references: references, &random)
    }
    if random.oneIn(30) {
      cells.removeLast()
    } else if random.oneIn(30) {
      cells.append("extra")
    }
    return cells
  }

  private static func cell(_ heading: String, references: Int, _ random: inout SeededRandom) -> String {
    let isOdd = random.oneIn(25)
    switch heading {
    case "external_reference":
      return isOdd
        ? random.pick(["", "INV/1", "bill_7", "A B"]) : "INV-\(Int.random(in: 1...references, using: &random))"
    case "currency": return isOdd ? random.pick(["", "zar", "XYZ", "EUR", "JPY"]) : random.pick(["ZAR", "USD"])
    case "amount_due":
      return isOdd
        ? random.pick(["", "0", "-5", "1.50", "007", "100000000", "x"]) : random.pick(["1", "2500", "99999999"])
    case "bill_date", "due_date":
      return isOdd
        ? random.pick(["", "2026-02-30", "01/02/2026", "2025-13-01"]) : random.pick(["2026-01-31", "2026-02-28"])
    case "metadata.period": return random.pick(["", "2026-01", "8001015009087"])
    case "account.external_reference": return isOdd ? "" : random.pick(["ACC-1", "ACC-2", "ACC-3", "ACC-4", "ACC-5"])
    case "account.customer.external_reference", "customer.external_reference":
      return isOdd ? random.pick(["", "#"]) : random.pick(["CUST-1", "CUST-1", "CUST-1", "CUST-2"])
    case "account.balance": return random.pick(["", "", "10", "-10", "ten"])
    case "account.currency": return random.pick(["", "ZAR", "ZAR"])
    case "customer": return random.oneIn(2) ? "" : "bcus_1"
    case "account": return random.oneIn(2) ? "" : "bacc_1"
    case "account.customer.phone", "customer.phone": return isOdd ? "0821234567" : random.pick(["", "+27821234567"])
    default: return random.pick(["", "One", "One", "Two, \"B\"", "Three\nlines"])
    }
  }

  /// The table as CSV, quoted where it must be and now and then where it needn't.
  func csv(_ random: inout SeededRandom) -> [UInt8] {
    let end = random.pick(["\n", "\r\n", "\r"])
    var text = random.oneIn(2) ? "\u{FEFF}" : ""
    for (index, row) in ([headings] + rows).enumerated() {
      text += row.map { Self.quoted($0, &random) }.joined(separator: ",")
      if index < rows.count || random.oneIn(2) { text += end }
    }
    return Array(text.utf8)
  }

  private static func quoted(_ cell: String, _ random: inout SeededRandom) -> String {
    guard cell.contains(where: { ",\"\n\r".contains($0) }) || random.oneIn(10) else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }
}

extension String {
  /// The text with every occurrence of `part` replaced (the standard library's needs a later macOS or Foundation).
  fileprivate func replacing(_ part: Character, with other: String) -> String {
    reduce(into: "") { $0 += $1 == part ? other : String($1) }
  }
}
