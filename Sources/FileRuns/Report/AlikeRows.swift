import BillModel
import BillReports

/// Rows of a report that stand one after the other, and have the same outcome and currency: counted together, since
/// nearly all rows of a file are alike.
struct AlikeRows {
  private let outcome: RowOutcome?
  private let currency: CurrencyCode?
  private var rows = 0
  /// Minor units of all of them.
  private var amount: Int64 = 0

  /// None.
  init() { (outcome, currency) = (nil, nil) }

  /// The first of them.
  init(_ row: ReportRow) {
    (outcome, currency) = (row.outcome, Self.currency(of: row))
    _ = take(row)
  }

  /// Takes in the next row; `false` where it is none of these.
  mutating func take(_ row: ReportRow) -> Bool {
    guard row.outcome == outcome, Self.currency(of: row) == currency else { return false }
    rows += 1
    amount += row.amount ?? 0
    return true
  }

  /// Counts them.
  func count(in accounting: inout Accounting) {
    guard let outcome else { return }
    accounting.count(outcome, rows: rows, money: currency.map { [$0: amount] } ?? [:])
  }

  /// That of its money; `nil` where the row has none that counts.
  private static func currency(of row: ReportRow) -> CurrencyCode? { row.amount == nil ? nil : row.currency }
}
