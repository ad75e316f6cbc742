import BillModel
package import Tabular

/// Reads Moment's reconciliation report: a header block, headings, a line a transaction.
///
/// The report as a whole is refused where a line of it can't be read: a reconciliation that leaves money out silently is
/// worse than none.
package struct MomentReportReader {
  /// What amounts are written in.
  package enum Units: String, CaseIterable, Sendable {
    case major, minor
  }

  /// Columns that amounts may stand in; the documentation names the currency's, presentment_currency, and not theirs.
  package static let amountColumns = ["presentment_amount", "transaction_amount", "amount"]

  private let units: Units?
  private let mostSum: Int64
  private var columns: [String: Int]?
  private var report = MomentReport()
  private var amounts: [(line: Int, text: String)] = []
  private var header: [String: String] = [:]

  /// - Parameters:
  ///   - units: `nil`: major, where an amount has a decimal mark; else it must be said.
  ///   - mostSum: what all amounts together must not exceed, so that sums of them can be counted.
  package init(units: Units? = nil, mostSum: Int64 = .max) {
    self.units = units
    self.mostSum = mostSum
  }

  /// Reads all of `source`. Throws `InputError` where it can't be read, `MomentReportError` where it can't be used.
  package mutating func read(_ source: ByteSource) throws -> MomentReport {
    var reader = CSVReader(source: source, dialect: Dialect(hasHeading: false), options: .fitting(source))
    var batch = RecordBatch()
    while try reader.next(into: &batch) {
      if let fault = batch.faults.first { throw MomentReportError.badLine(Int(fault.line), "it is no CSV") }
      for record in batch.records {
        let cells = batch.fields(of: record).map { field in
          String(decoding: batch.bytes(of: field), as: UTF8.self).trimmingBlanks
        }
        try take(cells, line: Int(record.line))
      }
    }
    guard columns != nil else { throw MomentReportError.noHeadings }
    report.period = Self.period(header["from"] ?? header["start date"], header["to"] ?? header["end date"])
    try readAmounts()
    return report
  }

  /// From moments with their zone, or from days in UTC, the last of them whole.
  private static func period(_ from: String?, _ to: String?) -> ClosedRange<WallTime>? {
    func day(_ text: String?) -> WallTime? {
      text.flatMap { CivilDate(iso: $0) }.map { WallTime(milliseconds: Int64($0.daysSinceEpoch) * 86_400_000) }
    }
    guard let first = from.flatMap({ WallTime(rfc3339: $0) }) ?? day(from),
      let last = to.flatMap({ WallTime(rfc3339: $0) }) ?? day(to)?.advanced(byMilliseconds: 86_399_999), first <= last
    else { return nil }
    return first...last
  }

  private mutating func take(_ cells: [String], line: Int) throws(MomentReportError) {
    if cells.allSatisfy(\.isEmpty) { return }
    guard let columns else { return try takeHeader(cells) }
    func cell(_ name: String) -> String { columns[name].flatMap { $0 < cells.count ? cells[$0] : nil } ?? "" }
    guard let currency = CurrencyCode(cell("presentment_currency")), Currency.isActive(currency) else {
      throw .badLine(line, "presentment_currency is no currency")
    }
    let type = cell("transaction_type").lowercased()
    guard type == "payment" || type == "refund" else {
      throw .badLine(line, "transaction_type is neither Payment nor Refund")
    }
    guard let name = Self.amountColumns.first(where: { columns[$0] != nil }) else {
      throw .noAmountColumn(known: Self.amountColumns)
    }
    amounts.append((line, cell(name)))
    report.payments.append(
      ReportedPayment(
        line: line, isRefund: type == "refund", time: WallTime(rfc3339: cell("transaction_timestamp")),
        transaction: cell("reconciliation_id"), merchantReference: cell("merchant_reference_id"),
        customerReference: cell("customer_reference"), amount: 0, currency: currency))
  }

  /// A line before the headings, or the headings.
  private mutating func takeHeader(_ cells: [String]) throws(MomentReportError) {
    let names = cells.map { cell in
      let name = cell.lowercased().replacing(" ", with: "_")
      return name == "moment_transaction_id" ? "reconciliation_id" : name
    }
    guard names.contains("transaction_type") else {
      if cells.count >= 2 { header[cells[0].lowercased()] = cells[1] }
      return
    }
    columns = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
    for name in ["presentment_currency", "reconciliation_id"] where columns?[name] == nil {
      throw .missingColumn(name)
    }
    guard Self.amountColumns.contains(where: { columns?[$0] != nil }) else {
      throw .noAmountColumn(known: Self.amountColumns)
    }
  }

  private mutating func readAmounts() throws(MomentReportError) {
    if amounts.isEmpty { return }
    guard units != nil || amounts.contains(where: { $0.text.contains(".") }) else { throw .unitsUnknown }
    var sum: Int64 = 0
    for (index, (line, text)) in amounts.enumerated() {
      let currency = report.payments[index].currency
      let decimals = units == .minor ? 0 : Currency.exponent(of: currency) ?? 0
      let digits = report.payments[index].isRefund && text.hasPrefix("-") ? text.dropFirst() : text[...]
      guard let amount = Self.amount(digits, decimals: decimals) else {
        throw .badLine(line, "its amount is no number of \(currency) with at most \(decimals) decimals")
      }
      let (whole, isTooLarge) = sum.addingReportingOverflow(amount)
      guard !isTooLarge, whole <= mostSum else { throw .sumTooLarge(line) }
      sum = whole
      report.payments[index].amount = amount
    }
  }

  /// Minor units, of an amount without sign: a refund may have one.
  private static func amount(_ digits: Substring, decimals: Int) -> Int64? {
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = parts.first, !whole.isEmpty, whole.count <= 15 else { return nil }
    let fraction = parts.count == 2 ? parts[1] : ""
    guard fraction.count <= decimals, parts.count == 1 || !fraction.isEmpty,
      (whole + fraction).utf8.allSatisfy({ (48...57).contains($0) })
    else { return nil }
    let amount = Int64(whole + fraction + String(repeating: "0", count: decimals - fraction.count))
    return amount.flatMap { $0 <= PaymentEvent.mostAmount ? $0 : nil }
  }
}

extension String {
  fileprivate var trimmingBlanks: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
