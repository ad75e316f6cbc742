package import BillModel
package import BillReports

/// Compares what stands out of a file with what stood out of the last files of its feed. Pure.
package struct HistoryGuard: Sendable {
  private let bounds: GuardBounds

  package init(_ bounds: GuardBounds = GuardBounds()) { self.bounds = bounds }

  /// Judges a file; says that there is no history where the feed has too few files.
  ///
  /// - Parameter history: The figures of the feed's last files, the latest first; those beyond `bounds.files` don't count.
  package func judge(_ file: FileFigures, feed: String, history: [FileFigures]) -> GuardReport {
    let history = Array(history.prefix(bounds.files))
    var report = GuardReport(feed: feed, files: history.count, least: bounds.least, figures: [])
    guard report.hasHistory else { return report }
    let rows = self.rows(file, history)
    report.figures.append(rows)
    let currencies = history.reduce(into: Set(file.money.keys)) { $0.formUnion($1.money.keys) }
    for currency in currencies.sorted() {
      let amounts = [total(currency, file, history, rows), largest(currency, file, history)]
      report.figures += amounts.compactMap { $0 }
    }
    report.figures += [newCustomers(file, history), knownBills(file, history)]
    return report
  }

  private func rows(_ file: FileFigures, _ history: [FileFigures]) -> GuardFigure {
    let spread = Spread(history.map { Double($0.rows) })
    return GuardFigure(
      .rows, value: Double(file.rows), usual: spread.median,
      low: max(0, min(low(spread), spread.median - Double(bounds.rows))),
      high: max(high(spread), spread.median + Double(bounds.rows)))
  }

  /// How much wider the bounds of rows are for being a few rows: those of a total are, too.
  private func slack(_ rows: GuardFigure, _ history: [FileFigures]) -> (low: Double, high: Double) {
    let spread = Spread(history.map { Double($0.rows) })
    func ratio(_ bound: Double?, _ plain: Double) -> Double { plain > 0 ? (bound ?? plain) / plain : 1 }
    return (ratio(rows.low, low(spread)), ratio(rows.high, high(spread)))
  }

  /// The sum of a currency; `nil` where neither the file nor most others have it.
  ///
  /// A currency that no file had before is far. One that few had is not judged by its sum.
  private func total(
    _ currency: CurrencyCode, _ file: FileFigures, _ history: [FileFigures], _ rows: GuardFigure
  ) -> GuardFigure? {
    let value = Double(file.money[currency]?.total ?? 0)
    let spread = Spread(history.map { Double($0.money[currency]?.total ?? 0) })
    if spread.median > 0 {
      let slack = slack(rows, history)
      return GuardFigure(
        .total, currency: currency, value: value, usual: spread.median, low: low(spread) * slack.low,
        high: high(spread) * slack.high)
    }
    guard value > 0 else { return nil }
    let isNew = history.allSatisfy { $0.money[currency] == nil }
    return GuardFigure(
      .total, currency: currency, value: value, usual: 0, low: nil, high: isNew ? 0 : nil, isFar: isNew)
  }

  /// The largest bill of a currency; `nil` where the file has none, or too few others have.
  private func largest(_ currency: CurrencyCode, _ file: FileFigures, _ history: [FileFigures]) -> GuardFigure? {
    let others = history.compactMap { $0.money[currency].map { Double($0.largest) } }
    guard let own = file.money[currency], others.count >= bounds.least else { return nil }
    let spread = Spread(others)
    return GuardFigure(
      .largest, currency: currency, value: Double(own.largest), usual: spread.median, low: nil,
      high: max(spread.median * bounds.largestTimes, spread.secondLargest * 3))
  }

  private func newCustomers(_ file: FileFigures, _ history: [FileFigures]) -> GuardFigure {
    let spread = Spread(history.filter { $0.rows > 0 }.map { Double($0.newCustomerRows) / Double($0.rows) })
    return share(.newCustomers, file.newCustomerRows, of: file.rows, spread, hasLow: false)
  }

  private func knownBills(_ file: FileFigures, _ history: [FileFigures]) -> GuardFigure {
    let spread = Spread(history.filter { $0.rows > 0 }.map { Double($0.knownBillRows) / Double($0.rows) })
    return share(.knownBills, file.knownBillRows, of: file.rows, spread, hasLow: true)
  }

  private func share(
    _ name: GuardFigure.Name, _ part: Int, of rows: Int, _ spread: Spread, hasLow: Bool
  ) -> GuardFigure {
    let value = rows == 0 ? 0 : Double(part) / Double(rows)
    let high = min(1, max(spread.median + bounds.share, spread.secondLargest + bounds.share / 2))
    let low = hasLow ? max(0, min(spread.median - bounds.share, spread.secondSmallest - bounds.share / 2)) : nil
    let isFew = abs(value - spread.median) * Double(rows) <= Double(bounds.rows)
    return GuardFigure(
      name, value: value, usual: spread.median, low: low, high: high, isFar: isFew ? false : nil)
  }

  private func high(_ spread: Spread) -> Double { max(spread.median * bounds.times, spread.secondLargest * 1.5) }

  private func low(_ spread: Spread) -> Double { min(spread.median / bounds.below, spread.secondSmallest / 1.5) }
}
