import BillModel
import BillPlanning

/// Rows that wait for parties which other processes are creating now, for other files.
struct RowsElsewhere {
  private(set) var rows: [(row: PlannableRow, party: PartyKey)] = []
  /// When the ledger is asked again, in nanoseconds of the monotonic clock; `nil` where nothing waits.
  private(set) var nextLook: UInt64?

  /// How many wait at most; then reading pauses.
  private static let most = 10_000
  /// How long between two looks, in milliseconds.
  static let pause: Int64 = 100

  var isEmpty: Bool { rows.isEmpty }
  var count: Int { rows.count }
  var isFull: Bool { rows.count >= Self.most }

  mutating func wait(_ row: PlannableRow, for party: PartyKey, nextLook moment: UInt64) {
    rows.append((row, party))
    nextLook = nextLook ?? moment
  }

  /// Takes out all rows, where it is time to look.
  mutating func popAll(by now: UInt64) -> [(row: PlannableRow, party: PartyKey)] {
    guard let nextLook, nextLook <= now else { return [] }
    defer { removeAll() }
    return rows
  }

  mutating func removeAll() {
    rows.removeAll()
    nextLook = nil
  }
}
