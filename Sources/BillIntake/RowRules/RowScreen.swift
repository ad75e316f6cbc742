import BillLayouts
import BillModel
import CScan
import SchemaRules
import Tabular

/// The rules of a row, looked at column by column over up to 64 rows at once: which rows surely keep them all and give no
/// warning. What is wrong with the others `RowChecker` finds, one by one; most files have few of these.
final class RowScreen: @unchecked Sendable {
  /// Most rows that are looked at together.
  static let mostRows = 64
  /// Most combinations of columns with a value that are known to keep the rules; files have one or two.
  private static let mostPatterns = 8

  private let rules: RowRules
  /// The rules of the columns in `rules.checks`, and the same without counting references.
  private let fields: [FieldScreen]
  private let screens: FixedList<Unmanaged<FieldScreen>>
  private let currency: Int?
  private let amount: Int?
  private let dates: (bill: Int, due: Int)?
  /// The day that bills without a date would get, where something is said of it: as a column that has it in every row.
  private let today: DayColumn?
  private let readableAmount: UInt64
  /// The column of due dates, and that of bill dates among those with rules.
  private let dueDate: Int?
  private let billDate: Int?
  /// Whether a layout asks for more than can be seen here: then no row is clean.
  private let isBlind: Bool

  init(_ plan: RowPlan, _ rules: RowRules) {
    self.rules = rules
    fields = rules.fields.fields.map { FieldScreen($0) }
    screens = FixedList(fields.map { Unmanaged.passUnretained($0) })
    let columns = rules.checks.view.map { Int($0.column) }
    amount = plan.amount.flatMap { columns.firstIndex(of: $0) }
    currency = plan.currency.flatMap { columns.firstIndex(of: $0) }
    if let bill = plan.billDate, let due = plan.dueDate { dates = (bill, due) } else { dates = nil }
    today = plan.today.map { DayColumn($0) }
    dueDate = plan.dueDate
    billDate = plan.billDate.flatMap { columns.firstIndex(of: $0) }
    readableAmount = min(UInt64(plan.readableAmount), 999_999_999_999_999_999)
    isBlind =
      plan.rules.dueWithinDays != nil || plan.amountPaid != nil || plan.chooser != nil || !plan.partyIDs.isEmpty
  }

  /// What is learnt while a batch is looked through, and memory for it.
  struct Notes: ~Copyable {
    /// By column with rules: the rows that hold a value, in the last look.
    fileprivate(set) var present: UnsafeMutablePointer<UInt64>
    /// By row: the amounts of clean rows, where there is a column for them.
    fileprivate let amounts = UnsafeMutablePointer<Int64>.allocate(capacity: mostRows)
    fileprivate let values = UnsafeMutablePointer<Int64>.allocate(capacity: mostRows)
    /// By row: the bill's currency in the bytes' order.
    fileprivate let currencies = UnsafeMutablePointer<UInt32>.allocate(capacity: mostRows)
    /// Combinations of columns that keep the rules: for each, all bits of a column that holds a value.
    fileprivate var patterns: [UInt64] = []
    /// The columns that were learnt last.
    fileprivate var learnt = SIMD4<UInt64>.zero
    fileprivate let columns: Int

    init(_ screen: RowScreen) {
      columns = screen.fields.count
      present = .allocate(capacity: max(1, columns))
      amounts.initialize(repeating: 0, count: mostRows)
      currencies.initialize(repeating: 0, count: mostRows)
    }

    deinit {
      present.deallocate()
      amounts.deallocate()
      values.deallocate()
      currencies.deallocate()
    }

    /// Whether any row was found to hold the columns that it must.
    var knowsPresence: Bool { !patterns.isEmpty }
  }

  /// Notes that a row with values in these columns lacks nothing.
  func learn(faultless: SIMD4<UInt64>, _ notes: inout Notes) {
    guard faultless != notes.learnt, faultless != .zero else { return }
    notes.learnt = faultless
    guard notes.patterns.count < Self.mostPatterns * max(1, notes.columns) else { return }
    let pattern = rules.checks.view.map { $0.present & faultless == .zero ? UInt64(0) : .max }
    for start in stride(from: 0, to: notes.patterns.count, by: max(1, notes.columns)) {
      if notes.patterns[start..<start + notes.columns].elementsEqual(pattern) { return }
    }
    notes.patterns += pattern
  }

  /// The rows that keep all rules, by bits.
  ///
  /// - Parameter rows: At most `mostRows`, by their first column; the others follow, and then the next row.
  func clean(_ rows: cscan_column, _ notes: inout Notes) -> UInt64 {
    guard !isBlind else { return 0 }
    var bad: UInt64 = 0
    for (index, check) in rules.checks.view.enumerated() {
      let cells = rows.column(Int(check.column))
      let values = index == amount ? notes.amounts : notes.values
      let sight = screens.view[index]._withUnsafeGuaranteedRef { $0.look(at: cells, values: values) }
      notes.present[index] = sight.present
      bad |= sight.faulty
    }
    bad |= ~complete(notes)
    for index in rules.currencies.view {
      let cells = rows.column(Int(index))
      let isBills = currency.map { rules.checks.view[$0].column == index } ?? false
      let values =
        isBills ? notes.currencies : UnsafeMutableRawPointer(notes.values).assumingMemoryBound(to: UInt32.self)
      let known = rules.supportedWords.view
      bad |= cscan_present(cells) & ~cscan_words(cells, known.baseAddress, known.count, values)
    }
    for index in rules.metadata.view { bad |= ~cscan_not_number(rows.column(Int(index)), 13) }
    if let dates { bad |= ~cscan_order(rows.column(dates.bill), rows.column(dates.due)) }
    bad |= early(rows, notes)
    return ~bad & (rows.rows == 64 ? .max : 1 << UInt64(rows.rows) &- 1)
  }

  /// The rows without a date of their own that are due before today.
  private func early(_ rows: cscan_column, _ notes: borrowing Notes) -> UInt64 {
    guard let today, let dueDate else { return 0 }
    let undated = ~(billDate.map { notes.present[$0] } ?? 0)
    return undated == 0 ? 0 : undated & ~cscan_order(today.column(of: rows), rows.column(dueDate))
  }

  /// The rows whose columns with a value are one of the known combinations.
  private func complete(_ notes: borrowing Notes) -> UInt64 {
    var complete: UInt64 = 0
    for start in stride(from: 0, to: notes.patterns.count, by: max(1, notes.columns)) {
      var differs: UInt64 = 0
      for index in 0..<notes.columns { differs |= notes.patterns[start &+ index] ^ notes.present[index] }
      complete |= ~differs
    }
    return complete
  }

  /// Counts in the money of the clean rows among those of the last look.
  func tally(_ clean: UInt64, _ notes: borrowing Notes, _ money: inout MoneyTally) {
    guard let amount, let currency else { return }
    var rest = clean & notes.present[amount] & notes.present[currency]
    if let sums = twoSums(rest, notes) {
      sums.0.add(to: &money)
      sums.1.add(to: &money)
      return
    }
    var (first, second) = (Sum(), Sum())
    while rest != 0 {
      let row = rest.trailingZeroBitCount
      rest &= rest &- 1
      let amount = notes.amounts[row]
      guard amount.magnitude <= readableAmount else { continue }
      let code = notes.currencies[row]
      if code == first.code {
        first.take(amount)
      } else if code == second.code {
        second.take(amount)
      } else {
        second.add(to: &money)
        (first, second) = (Sum(code: code, amount: amount, largest: max(amount, 0)), first)
      }
    }
    first.add(to: &money)
    second.add(to: &money)
  }

  /// The money of rows, by bits, without a branch for each; `nil` where it is of more than two currencies, or an amount is
  /// out of the ordinary. Most files have one currency or two.
  private func twoSums(_ rows: UInt64, _ notes: borrowing Notes) -> (Sum, Sum)? {
    guard rows != 0 else { return (Sum(), Sum()) }
    let first = notes.currencies[rows.trailingZeroBitCount]
    var others = rows
    while others != 0, notes.currencies[others.trailingZeroBitCount] == first { others &= others &- 1 }
    let second = others == 0 ? 0 : notes.currencies[others.trailingZeroBitCount]
    var (total, ofFirst, all, unknown) = (Int64(0), Int64(0), UInt64(0), UInt32(0))
    var (largest, largestOfOther) = (Int64(0), Int64(0))
    for row in 0..<Self.mostRows {
      let counts = 0 &- Int64(rows >> UInt64(row) & 1)
      let amount = notes.amounts[row] & counts
      let code = notes.currencies[row]
      let isFirst = code == first
      total &+= amount
      ofFirst &+= isFirst ? amount : 0
      largest = max(largest, isFirst ? amount : 0)
      largestOfOther = max(largestOfOther, isFirst ? 0 : amount)
      all |= UInt64(bitPattern: amount)
      unknown |= (isFirst ? 0 : code ^ second) & UInt32(truncatingIfNeeded: counts)
    }
    // As no amount is more than all their bits, and no sum of 64 of them has more bits than there are.
    guard unknown == 0, all <= min(readableAmount, 1 << 56) else { return nil }
    return (
      Sum(code: first, amount: ofFirst, largest: largest),
      Sum(code: second, amount: total &- ofFirst, largest: largestOfOther)
    )
  }

  /// Money of one currency; none where its code is 0.
  private struct Sum {
    var code: UInt32 = 0
    var amount: Int64 = 0
    /// The largest amount, 0 or more.
    var largest: Int64 = 0

    mutating func take(_ next: Int64) {
      amount += next
      largest = max(largest, next)
    }

    func add(to money: inout MoneyTally) {
      if code != 0 { money.add(ReadMoney(amount: amount, currency: RowScreen.currency(code)), largest: largest) }
    }
  }

  private static func currency(_ word: UInt32) -> CurrencyCode { CurrencyCode(packed: word.byteSwapped >> 8) }
}
