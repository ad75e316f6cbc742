import BillModel

/// Rows of one file about the same object, one after the other in the file's order; those of others run beside them.
///
/// Only for operations that may be about an object several times in a file. When the fate of one row stays unknown, or it
/// isn't sent, those behind it must not go either.
package struct Lanes {
  private struct Lane {
    var record: Int
    var waiters = WaitingQueue()
  }

  private var lanes: [String: Lane] = [:]
  private var names: [Int: String] = [:]
  private let bounds: WaitingBounds

  /// Rows that wait.
  package private(set) var waitingRows = 0
  private var waitingBytes = 0

  package init(bounds: WaitingBounds = WaitingBounds()) { self.bounds = bounds }

  /// Whether no further row should be read until some were released. Who waits always waits for a row under way.
  package var isFull: Bool { waitingRows >= bounds.rows || waitingBytes >= bounds.bytes }

  /// Whether a row may go now; else it is kept until the rows before it in this lane have ended.
  package mutating func enter(_ row: PlannableRow, lane name: String) -> Bool {
    guard lanes[name] == nil else {
      lanes[name]?.waiters.insert(row)
      waitingRows += 1
      waitingBytes += row.byteCount
      return false
    }
    lanes[name] = Lane(record: row.record)
    names[row.record] = name
    return true
  }

  /// A row is under way already: those after it in this lane wait for it.
  package mutating func hold(_ record: Int, lane name: String) {
    guard lanes[name] == nil else { return }
    lanes[name] = Lane(record: record)
    names[record] = name
  }

  /// A row has its end: the next one of its lane, which may go.
  package mutating func leave(_ record: Int) -> PlannableRow? {
    guard let name = names.removeValue(forKey: record) else { return nil }
    guard let next = lanes[name]?.waiters.popFirst() else {
      lanes[name] = nil
      return nil
    }
    forget(next)
    lanes[name]?.record = next.record
    names[next.record] = name
    return next
  }

  /// A row stays without an end: those behind it, which can't go and are not kept.
  package mutating func close(_ record: Int) -> [PlannableRow] {
    guard let name = names.removeValue(forKey: record), let lane = lanes.removeValue(forKey: name) else { return [] }
    let rows = Array(lane.waiters.remaining)
    for row in rows { forget(row) }
    return rows
  }

  private mutating func forget(_ row: PlannableRow) {
    waitingRows -= 1
    waitingBytes -= row.byteCount
  }
}
