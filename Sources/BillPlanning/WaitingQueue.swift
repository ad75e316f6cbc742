/// Rows that wait for one party, in file order.
struct WaitingQueue {
  private var rows: [PlannableRow] = []
  private var head = 0

  var isEmpty: Bool { head == rows.count }
  var first: PlannableRow? { isEmpty ? nil : rows[head] }
  /// What still waits, in file order.
  var remaining: ArraySlice<PlannableRow> { rows[head...] }

  /// Takes the earliest row out.
  mutating func popFirst() -> PlannableRow? {
    guard let row = first else { return nil }
    head += 1
    if head > 64, head * 2 > rows.count {
      rows.removeSubrange(..<head)
      head = 0
    }
    return row
  }

  /// Puts a row where its record number belongs: at the end, but for rows that come over from another queue.
  mutating func insert(_ row: PlannableRow) {
    guard let last = rows.last, !isEmpty, last.record > row.record else { return rows.append(row) }
    var low = head
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].record < row.record { low = middle + 1 } else { high = middle }
    }
    rows.insert(row, at: low)
  }
}
