/// Rows that pause, by the moment at which they are due: a binary heap.
package struct DueQueue {
  private var heap: [(due: UInt64, record: Int)] = []

  package init() {}

  var isEmpty: Bool { heap.isEmpty }
  /// The earliest moment, in nanoseconds of the monotonic clock.
  var next: UInt64? { heap.first?.due }

  package mutating func push(_ record: Int, due: UInt64) {
    heap.append((due, record))
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child].due < heap[parent].due else { break }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  /// Takes out the earliest row, where it is due by now.
  package mutating func pop(by now: UInt64) -> Int? {
    guard let first = heap.first, first.due <= now else { return nil }
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    var parent = 0
    while true {
      let children = [2 * parent + 1, 2 * parent + 2].filter { $0 < heap.count }
      guard let child = children.min(by: { heap[$0].due < heap[$1].due }), heap[child].due < heap[parent].due
      else { return first.record }
      heap.swapAt(child, parent)
      parent = child
    }
  }

  mutating func removeAll() { heap.removeAll() }
}
