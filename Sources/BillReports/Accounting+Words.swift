import BillModel

extension Accounting {
  /// How many rows are in no sum, in words; `nil` where each is that has an amount.
  package var unreadWords: String? {
    guard rowsWithoutMoney > 0 else { return nil }
    let rows = "\(MoneyText.count(rowsWithoutMoney)) \(rowsWithoutMoney == 1 ? "row" : "rows")"
    return "\(rows) whose amount can't be read, in no sum"
  }
}
