/// What happens at moments of simulated time, the earliest first: a binary heap.
struct MomentHeap<Event> {
  private var heap: [(moment: UInt64, event: Event)] = []

  /// When the earliest happens; `.max` where nothing does.
  var next: UInt64 { heap.first?.moment ?? .max }

  mutating func push(_ event: Event, at moment: UInt64) {
    heap.append((moment, event))
    var child = heap.count - 1
    while child > 0, heap[(child - 1) / 2].moment > heap[child].moment {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// Takes the earliest out, where it happens by now.
  mutating func pop(by now: UInt64) -> Event? {
    guard next <= now, let first = heap.first else { return nil }
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    var parent = 0
    while let child = earlierChild(of: parent), heap[child].moment < heap[parent].moment {
      heap.swapAt(child, parent)
      parent = child
    }
    return first.event
  }

  private func earlierChild(of parent: Int) -> Int? {
    let (left, right) = (2 * parent + 1, 2 * parent + 2)
    guard left < heap.count else { return nil }
    return right < heap.count && heap[right].moment < heap[left].moment ? right : left
  }
}
