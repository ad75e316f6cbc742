import BillModel

extension RowPlan {
  /// The amount and currency of a row, where both can be read.
  ///
  /// - Parameters:
  ///   - known: The row's currency where it was read before.
  ///   - unmade: The columns in which other things stand than the row's values.
  func money(_ cells: RowCells, currency known: CurrencyCode? = nil, unmade: [Int] = []) -> ReadMoney? {
    if chooser != nil { return plan(of: cells)?.money(cells, unmade: unmade) }
    guard let column = self.amount, let currency, cells.fields.count == columns.count, !unmade.contains(column),
      !unmade.contains(currency), let amount = Self.integer(cells[column]),
      let code = known ?? Self.currency(cells[currency])
    else { return nil }
    return ReadMoney(amount: amount, currency: code, isHuge: amount.magnitude > UInt64(readableAmount))
  }

  /// Whether a row asks for something of which there is an amount; where it can't be told what it asks for, whether one does
  /// that might be meant.
  func hasAmount(_ cells: RowCells) -> Bool {
    guard chooser != nil, cells.fields.count == columns.count, let plan = plan(of: cells) else {
      return operation.amountPath != nil || variants.contains { $0.operation.amountPath != nil }
    }
    return plan.operation.amountPath != nil
  }

  /// The currency that a cell names; `nil` where it is none.
  static func currency(_ cell: UnsafeBufferPointer<UInt8>) -> CurrencyCode? {
    CurrencyCode(cell).flatMap { Currency.isActive($0) ? $0 : nil }
  }

  /// An integer in JSON's form of at most 18 digits, or `nil`.
  static func integer(_ cell: UnsafeBufferPointer<UInt8>) -> Int64? {
    let isNegative = cell.first == UInt8(ascii: "-")
    let start = isNegative ? 1 : 0
    let count = cell.count - start
    guard count >= 1, count <= 18, cell[start] != UInt8(ascii: "0") || count == 1 else { return nil }
    var value: Int64 = 0
    for index in start..<cell.count {
      let digit = cell[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      value = value &* 10 &+ Int64(digit)
    }
    return isNegative ? -value : value
  }
}
