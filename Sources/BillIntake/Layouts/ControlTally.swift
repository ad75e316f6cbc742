import BillLayouts
import Tabular

/// What a file's bills come to, to be compared with what it says of itself.
struct ControlTally: Sendable {
  /// Where the numbering of the bills breaks first.
  struct Break: Sendable {
    let line: Int
    let expected: Int
    let found: String
  }

  let rules: ControlRules
  /// Bills.
  private(set) var count = 0
  /// Records that may be bills, and of which nobody knows: the layout tells kinds apart, and theirs is none of them.
  private(set) var ofNoKind = 0
  /// For each sum of the rules: minor units; `nil` where they are past 64 bits.
  private(set) var sums: [Int64?]
  /// For each sum: how many bills have no amount that can be read.
  private(set) var unreadable: [Int]
  /// For each sum: how many of them have no currency, so that the amount may be right.
  private(set) var withoutCurrency: [Int]
  /// For each hash total, its last 37 digits.
  private(set) var hashes: [UInt128]
  /// For each of them, whether it has more digits.
  private(set) var hashesAreLonger: [Bool]
  private(set) var sequenceBreak: Break?
  private var fields: [SumColumns]?
  private let file: FileReading

  /// Where the amounts of a sum stand.
  private struct SumColumns {
    var amount: Int?
    var currency: Int?
    /// Whether a row lacks something where it is empty: in a file of several operations for rows of each.
    var isNeeded: [Bool]
  }

  /// 37 digits: ten times that, and twice, fits in 128 bits.
  private static let most: UInt128 = 10_000_000_000_000_000_000_000_000_000_000_000_000
  /// So many digits fit in 64 bits.
  private static let fewDigits = 19

  init(_ layout: Layout, file: FileReading) {
    rules = layout.control
    self.file = file
    sums = rules.sums.map { _ in 0 }
    unreadable = rules.sums.map { _ in 0 }
    withoutCurrency = unreadable
    hashes = rules.hashTotals.map { _ in 0 }
    hashesAreLonger = rules.hashTotals.map { _ in false }
  }

  /// Adds the bills among the first `count` records of a batch that was mapped.
  ///
  /// - Parameter mapping: What is wrong with them by their layout, in their order.
  mutating func add(_ batch: borrowing RecordBatch, count: Int, mapping: [MappingFault], _ plan: RowPlan) {
    guard !rules.isEmpty else { return }
    let columns = fields ?? rules.sums.map { Self.columns($0, plan) }
    fields = columns
    var unmade = UnmadeFields(mapping)
    for (place, record) in batch.records.prefix(count).enumerated() where record.number > 0 {
      if isEmptyLine(batch.rawBytes(of: record)) { continue }
      if unmade.isOfNoKind(place) { ofNoKind += 1 } else { self.count += 1 }
      let cells = RowCells(batch, record)
      if !columns.isEmpty {
        let unmade = unmade.columns(of: place)
        for index in columns.indices { addSum(index, columns[index], cells, unmade, plan) }
      }
      for (index, column) in (plan.mapped?.hashColumns ?? []).enumerated() { addHash(index, cells[column]) }
      if let column = plan.mapped?.sequenceColumn { checkSequence(cells.text(column) ?? "", record.line) }
    }
  }

  /// Whether a record is its line end, or its descriptor word, and nothing else, or the mark at which old programs end a
  /// text: it was no bill that was lost.
  private func isEmptyLine(_ raw: UnsafeBufferPointer<UInt8>) -> Bool {
    guard raw.count <= max(2, file.rowPrefix) + 1 else { return false }
    let end = file.contentEnd(of: raw)
    return end <= file.rowPrefix || end == file.rowPrefix + 1 && raw[file.rowPrefix] == Self.endOfText
  }

  /// Ctrl-Z, of DOS and CP/M.
  private static let endOfText: UInt8 = 0x1A

  /// Where the amount of a sum stands, and its currency.
  private static func columns(_ sum: ControlRules.Sum, _ plan: RowPlan) -> SumColumns {
    let amount = plan.columns.firstIndex { $0.path?.description == sum.field }
    let path = amount.flatMap { plan.columns[$0].path?.currencyPath }
    return SumColumns(
      amount: amount, currency: path.flatMap { path in plan.columns.firstIndex { $0.path?.description == path } },
      isNeeded: (plan.chooser == nil ? [plan] : plan.variants).map { $0.needs(sum.field) })
  }

  private mutating func addSum(
    _ index: Int, _ column: SumColumns, _ cells: RowCells, _ unmade: [Int], _ plan: RowPlan
  ) {
    if isNothing(column, cells, unmade, plan) { return }
    guard let place = column.amount, !unmade.contains(place), let amount = RowPlan.integer(cells[place]) else {
      unreadable[index] += 1
      // What stands in which column isn't known of a row of other columns.
      if let currency = column.currency, cells.fields.count == plan.columns.count,
        unmade.contains(currency) || RowPlan.currency(cells[currency]) == nil
      {
        withoutCurrency[index] += 1
      }
      return
    }
    sums[index] = sums[index].flatMap {
      let (sum, overflows) = $0.addingReportingOverflow(amount)
      return overflows ? nil : sum
    }
  }

  /// Whether a row has no amount for a sum, and needs none.
  private func isNothing(_ column: SumColumns, _ cells: RowCells, _ unmade: [Int], _ plan: RowPlan) -> Bool {
    if let amount = column.amount, !cells[amount].isEmpty || unmade.contains(amount) { return false }
    guard cells.fields.count == plan.columns.count else { return false }
    guard let chooser = plan.chooser else { return !column.isNeeded[0] }
    guard !unmade.contains(chooser), let variant = plan.variant(cells) else { return false }
    return !column.isNeeded[variant]
  }

  private mutating func addHash(_ index: Int, _ cell: UnsafeBufferPointer<UInt8>) {
    let sum = hashes[index] + Self.number(cell, &hashesAreLonger[index])
    hashes[index] = sum < Self.most ? sum : sum - Self.most
    if sum >= Self.most { hashesAreLonger[index] = true }
  }

  /// The digits of a cell as a number; of more than 37 the last ones.
  ///
  /// - Parameter isLonger: Set where it has more.
  private static func number(_ cell: UnsafeBufferPointer<UInt8>, _ isLonger: inout Bool) -> UInt128 {
    guard cell.count > fewDigits else {
      var value: UInt64 = 0
      for byte in cell where byte >= 48 && byte <= 57 { value = value * 10 + UInt64(byte - 48) }
      return UInt128(value)
    }
    var value: UInt128 = 0
    for byte in cell where byte >= 48 && byte <= 57 {
      value = value * 10 + UInt128(byte - 48)
      guard value >= most else { continue }
      isLonger = true
      value %= most
    }
    return value
  }

  private mutating func checkSequence(_ text: String, _ line: Int) {
    guard sequenceBreak == nil, let sequence = rules.sequence else { return }
    // What isn't known takes the number of the bill that it may be.
    let expected = sequence.first + count + ofNoKind - 1
    if Int(text) != expected { sequenceBreak = Break(line: line, expected: expected, found: text) }
  }
}
