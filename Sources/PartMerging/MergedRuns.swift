/// The entries of all runs of all parts in one order: by key, then by part, then by record. A heap of readers; memory is
/// some KB a run.
struct MergedRuns<Entry: PartEntry> {
  /// An entry and the part that it is of, from 0.
  struct Item {
    let entry: Entry
    let part: Int
  }

  private var readers: [RunReader<Entry>] = []
  private var heap: [(item: Item, reader: Int)] = []

  init(_ files: [ClaimFile]) throws(PartFault) {
    for (part, file) in files.enumerated() {
      for run in file.runs where run.kind == Entry.kind {
        readers.append(RunReader(run, of: file.file, part: part))
      }
    }
    for index in readers.indices {
      guard let entry = try readers[index].next() else { continue }
      heap.append((Item(entry: entry, part: readers[index].part), index))
      siftUp(heap.count - 1)
    }
  }

  /// All entries of the next key; none at the end.
  mutating func nextGroup(into group: inout [Item]) throws(PartFault) {
    group.removeAll(keepingCapacity: true)
    while let top = heap.first, group.isEmpty || top.item.entry.key == group[0].entry.key {
      group.append(top.item)
      if let entry = try readers[top.reader].next() {
        heap[0].item = Item(entry: entry, part: top.item.part)
      } else {
        let last = heap.removeLast()
        if heap.isEmpty { break }
        heap[0] = last
      }
      siftDown()
    }
  }

  private func precedes(_ one: Int, _ other: Int) -> Bool {
    let (left, right) = (heap[one].item, heap[other].item)
    if left.entry.key != right.entry.key { return left.entry.key < right.entry.key }
    return left.part == right.part ? left.entry.record < right.entry.record : left.part < right.part
  }

  private mutating func siftUp(_ start: Int) {
    var index = start
    while index > 0, precedes(index, (index - 1) / 2) {
      heap.swapAt(index, (index - 1) / 2)
      index = (index - 1) / 2
    }
  }

  private mutating func siftDown() {
    var index = 0
    while true {
      var least = index
      for child in [2 * index + 1, 2 * index + 2] where child < heap.count && precedes(child, least) { least = child }
      if least == index { return }
      heap.swapAt(index, least)
      index = least
    }
  }
}
