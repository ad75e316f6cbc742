/// Numbers and when each is due, the earliest first: a binary heap.
struct DueHeap: Sendable {
  /// Nanoseconds of the monotonic clock, and what is due then.
  typealias Entry = (due: UInt64, number: Int)

  private var entries: [Entry] = []

  var first: Entry? { entries.first }
  var count: Int { entries.count }

  mutating func insert(_ entry: Entry) {
    var child = entries.count
    entries.append(entry)
    while child > 0, entries[(child - 1) / 2].due > entries[child].due {
      entries.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// Takes the earliest out; there must be one.
  mutating func removeFirst() -> Entry {
    let first = entries[0]
    let last = entries.removeLast()
    guard !entries.isEmpty else { return first }
    entries[0] = last
    var parent = 0
    while true {
      let children = [2 * parent + 1, 2 * parent + 2].filter { $0 < entries.count }
      guard let least = children.min(by: { entries[$0].due < entries[$1].due }),
        entries[least].due < entries[parent].due
      else { return first }
      entries.swapAt(parent, least)
      parent = least
    }
  }
}
