import BillModel

/// Rows of one file about the same object, one after the other in the file's order; those of others run beside them.
///
/// Only for operations that may be about an object several times in a file. When the fate of one row stays unknown, or it
/// isn't sent, those behind it must not go either. An object may belong to others above it, as a bill does to the one in whose
/// place it was raised: a row about it waits for those about these that come before it, and they for it; what belongs to the
/// same ones is no reason to wait.
package struct Lanes {
  /// A row that has its place, under way or waiting.
  private struct Place {
    let name: String
    let above: [String]
    /// The row, while it waits.
    var row: PlannableRow?
    /// How many rows it waits for.
    var left = 0
    /// Those that wait for it, in the file's order.
    var behind: [Int] = []
  }

  /// Whom the next rows about an object wait for.
  private struct Lane {
    /// The last row about it, and those that were under way already.
    var rows: [Int] = []
    /// The rows since about what belongs to it.
    var below: Set<Int> = []

    var isEmpty: Bool { rows.isEmpty && below.isEmpty }
  }

  private var lanes: [String: Lane] = [:]
  private var places: [Int: Place] = [:]
  private let bounds: WaitingBounds

  /// Rows that wait.
  package private(set) var waitingRows = 0
  private var waitingBytes = 0

  package init(bounds: WaitingBounds = WaitingBounds()) { self.bounds = bounds }

  /// Whether no further row should be read until some were released. Who waits always waits for a row under way.
  package var isFull: Bool { waitingRows >= bounds.rows || waitingBytes >= bounds.bytes }

  /// Whether a row may go now; else it is kept until the rows before it in this lane, and in those above, have ended.
  package mutating func enter(_ row: PlannableRow, lane name: String, under above: [String] = []) -> Bool {
    let ahead = (lanes[name].map { $0.rows + $0.below } ?? []) + above.flatMap { lanes[$0]?.rows ?? [] }
    var place = Place(name: name, above: above)
    lanes[name] = Lane(rows: [row.record])
    for upper in above { lanes[upper, default: Lane()].below.insert(row.record) }
    if !ahead.isEmpty {
      (place.row, place.left) = (row, ahead.count)
      for record in ahead { places[record]?.behind.append(row.record) }
      waitingRows += 1
      waitingBytes += row.byteCount
    }
    places[row.record] = place
    return ahead.isEmpty
  }

  /// A row is under way already: those after it in this lane, and in those above, wait for it.
  package mutating func hold(_ record: Int, lane name: String, under above: [String] = []) {
    guard places[record] == nil else { return }
    places[record] = Place(name: name, above: above)
    lanes[name, default: Lane()].rows.append(record)
    for upper in above { lanes[upper, default: Lane()].below.insert(record) }
  }

  /// A row has its end: those that waited for it last, which may go.
  package mutating func leave(_ record: Int) -> [PlannableRow] {
    guard let place = remove(record) else { return [] }
    var released: [PlannableRow] = []
    for next in place.behind {
      guard let left = places[next]?.left else { continue }
      places[next]?.left = left - 1
      guard left == 1, let row = places[next]?.row else { continue }
      places[next]?.row = nil
      forget(row)
      released.append(row)
    }
    return released
  }

  /// A row stays without an end: those behind it, which can't go and are not kept.
  package mutating func close(_ record: Int) -> [PlannableRow] {
    var rows: [PlannableRow] = []
    var ends = [record]
    while let next = ends.popLast() {
      guard let place = remove(next) else { continue }
      ends += place.behind
      guard let row = place.row else { continue }
      forget(row)
      rows.append(row)
    }
    return rows.sorted { $0.record < $1.record }
  }

  /// Nobody who comes now waits for a row.
  private mutating func remove(_ record: Int) -> Place? {
    guard let place = places.removeValue(forKey: record) else { return nil }
    if let index = lanes[place.name]?.rows.firstIndex(of: record) { lanes[place.name]?.rows.remove(at: index) }
    for upper in place.above { lanes[upper]?.below.remove(record) }
    for name in [place.name] + place.above where lanes[name]?.isEmpty == true { lanes[name] = nil }
    return place
  }

  private mutating func forget(_ row: PlannableRow) {
    waitingRows -= 1
    waitingBytes -= row.byteCount
  }
}
