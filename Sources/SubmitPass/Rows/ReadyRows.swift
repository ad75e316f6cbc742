import BillPlanning

/// Rows that may go, first come first served.
struct ReadyRows {
  private var rows: [Departure] = []
  private var head = 0

  var isEmpty: Bool { head == rows.count }

  var count: Int { rows.count - head }

  /// Who goes next.
  var first: Departure? { isEmpty ? nil : rows[head] }

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
