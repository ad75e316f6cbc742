import BillModel
import Tabular

/// The state of the row that is being checked; reused from row to row.
struct RowInCheck {
  private(set) var record: UInt32 = 0
  private(set) var line = 0
  var facts = RowFacts()
  /// The columns that hold a value, by their bits.
  var present = SIMD4<UInt64>.zero
  /// Columns whose presence was found to break no rule, in an earlier row.
  var faultless = SIMD4<UInt64>.zero
  /// The bill's currency where it is one that Moment supports.
  var currency: CurrencyCode?
  /// The row's money, valid or not, where it can be read.
  var money: ReadMoney?
  /// Whether it takes values from a record above it that isn't there.
  var lacksParent = false
  /// The columns that the layout could not make.
  private(set) var unmade: [Int] = []
  private var faulty: [Int] = []
  private var unreadable: [Int] = []

  /// Starts the next row.
  mutating func begin(_ span: RecordSpan) {
    record = UInt32(truncatingIfNeeded: span.number)
    line = span.line
    facts = RowFacts()
    present = .zero
    lacksParent = false
    currency = nil
    money = nil
    if !unmade.isEmpty { unmade.removeAll(keepingCapacity: true) }
    if !faulty.isEmpty { faulty.removeAll(keepingCapacity: true) }
    if !unreadable.isEmpty { unreadable.removeAll(keepingCapacity: true) }
  }

  /// The column's value is wrong, and has been told so.
  mutating func markFaulty(_ column: Int) { faulty.append(column) }

  /// The column's bytes are not what was meant: no other rule is asked about them.
  mutating func markUnreadable(_ column: Int) {
    unreadable.append(column)
    faulty.append(column)
  }

  /// What stands in the column is not what the layout would have made.
  mutating func markUnmade(_ column: Int) { unmade.append(column) }

  func isFaulty(_ column: Int) -> Bool { !faulty.isEmpty && faulty.contains(column) }

  func isUnreadable(_ column: Int) -> Bool { !unreadable.isEmpty && unreadable.contains(column) }
}
