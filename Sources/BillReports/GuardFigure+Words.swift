import BillModel

/// Figures for people.
extension GuardFigure {
  /// What it is: `total ZAR`.
  package var title: String {
    let currency = currency?.description ?? ""
    return switch name {
    case .rows: "rows"
    case .total: "total \(currency)"
    case .largest: "largest bill \(currency)"
    case .newCustomers: "bills of customers new here"
    case .knownBills: "bills known to be there already"
    }
  }

  /// A value of its kind: a share in percent, money with its decimals, a count.
  package func text(_ value: Double) -> String {
    if name.isShare { return "\(Int((value * 100).rounded())) %" }
    let whole = Int64(value.rounded())
    return currency.map { MoneyText.major(whole, $0) } ?? MoneyText.count(Int(whole))
  }
}
