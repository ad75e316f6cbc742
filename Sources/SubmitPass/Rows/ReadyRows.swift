import BillPlanning

/// Rows that may go, first come first served.
struct ReadyRows {
  private var rows: [Departure] = []
  private var head = 0

  var isEmpty: Bool { head == rows.count }

  var count: Int { rows.count - head }

  /// Whether who goes next carries parties.
  var firstCarries: Bool { !isEmpty && !rows[head].carries.isEmpty }

  /// Whether one of these records is among them.
  func holdsRow(in records: ClosedRange<Int>) -> Bool { rows[head...].contains { records.contains($0.row.record) } }

  mutating func append(_ departure: Departure) { rows.append(departure) }

  mutating func popFirst() -> Departure? {
    guard head < rows.count else { return nil }
    defer {
      head += 1
      if head == rows.count || head > 1024 {
        rows.removeFirst(head)
        head = 0
      }
    }
    return rows[head]
  }
}
