/// A binary heap with the earliest deadline first.
struct DeadlineHeap {
  private var entries: [Deadline] = []

  /// The earliest; nil when none waits.
  var first: Deadline? { entries.first }

  /// Adds one; true when it became the earliest.
  mutating func insert(_ entry: Deadline) -> Bool {
    var child = entries.count
    entries.append(entry)
    while child > 0 {
      let parent = (child - 1) / 2
      if entries[parent].time <= entries[child].time { break }
      entries.swapAt(parent, child)
      child = parent
    }
    return child == 0
  }

  /// Takes out all that are due at `time`, earliest first.
  mutating func removeAll(upTo time: UInt64) -> [Deadline] {
    var due: [Deadline] = []
    while let first, first.time <= time {
      due.append(first)
      removeFirst()
    }
    return due
  }

  private mutating func removeFirst() {
    let last = entries.removeLast()
    if entries.isEmpty { return }
    entries[0] = last
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < entries.count && entries[child].time < entries[least].time {
        least = child
      }
      if least == parent { return }
      entries.swapAt(parent, least)
      parent = least
    }
  }
}
