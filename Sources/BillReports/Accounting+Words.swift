import BillModel

extension Accounting {
  /// How many rows are in no sum, in words; `nil` where each is that has an amount.
  package var unreadWords: String? {
    guard rowsWithoutMoney > 0 else { return nil }
    let rows = "\(MoneyText.count(rowsWithoutMoney)) \(rowsWithoutMoney == 1 ? "row" : "rows")"
    return "\(rows) whose amount can't be read, in no sum"
  }
}

extension [RowOutcome: Int] {
  /// What is said of a file that is through, and of which each row is to be mended; `nil` where one isn't.
  package var nothingThrough: String? {
    let kinds = [(RowOutcome.rejected, "rejected"), (.refused, "refused")].filter { self[$0.0, default: 0] > 0 }
    let all = values.reduce(0, +)
    guard all > 0, kinds.reduce(0, { $0 + self[$1.0, default: 0] }) == all else { return nil }
    let fate = kinds.map(\.1).joined(separator: " or ")
    return "nothing got through: \(all == 1 ? "its row is" : "all \(MoneyText.count(all)) rows") \(fate)"
  }
}
