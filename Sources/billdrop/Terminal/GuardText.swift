import BillModel
import BillReports

/// A file's figures beside those of the last files of its feed, for people.
struct GuardText {
  let report: GuardReport

  /// What lies beyond its bounds, a line each: the figure, what is usual, and the bound.
  var lines: [String] {
    report.far.map { figure in
      var line = "\(name(figure)) \(text(figure.value, figure)), usual \(text(figure.usual, figure))"
      if let low = figure.low, figure.value < low { line += ", at least \(text(low, figure)) expected" }
      if let high = figure.high, figure.value > high { line += ", at most \(text(high, figure)) expected" }
      return line
    }
  }

  private func name(_ figure: GuardFigure) -> String {
    let currency = figure.currency?.description ?? ""
    return switch figure.name {
    case .rows: "rows"
    case .total: "total \(currency)"
    case .largest: "largest bill \(currency)"
    case .newCustomers: "bills of customers new here"
    case .knownBills: "bills known to be there already"
    }
  }

  private func text(_ value: Double, _ figure: GuardFigure) -> String {
    if figure.name.isShare { return "\(Int((value * 100).rounded())) %" }
    let whole = Int64(value.rounded())
    return figure.currency.map { MoneyText.major(whole, $0) } ?? MoneyText.count(Int(whole))
  }
}
