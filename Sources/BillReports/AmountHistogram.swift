/// How many rows ask for how much, in steps of 1, 2 and 5 a decade.
package struct AmountHistogram: Hashable, Sendable {
  /// Where steps end, in minor units; the last one has no end.
  package static let ends: [Int64] = [
    2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000,
    2_000_000, 5_000_000, 10_000_000, 20_000_000, 50_000_000, 100_000_000,
  ]

  /// Rows by step.
  package private(set) var counts = [Int](repeating: 0, count: Self.ends.count + 1)

  package init() {}

  /// Counts a row of so many minor units; one that asks for nothing or less is not counted.
  package mutating func add(_ amount: Int64) {
    guard amount > 0 else { return }
    var (low, high) = (0, Self.ends.count)
    while low < high {
      let middle = (low + high) / 2
      if amount < Self.ends[middle] { high = middle } else { low = middle + 1 }
    }
    counts[low] += 1
  }

  /// Writes the steps that have rows, each with where it ends; the last one has no end.
  package func write(_ list: inout JSONText) {
    for (step, rows) in counts.enumerated() where rows > 0 {
      list.object {
        if step < Self.ends.count { $0.integer("below", Self.ends[step]) }
        $0.integer("rows", rows)
      }
    }
  }

  /// Counts rows below an end, as a report that is read has them; `nil` is the last step. Another end is passed over.
  package mutating func add(rows: Int, below end: Int64?) {
    guard let step = end.map({ Self.ends.firstIndex(of: $0) }) ?? Self.ends.count, rows > 0 else { return }
    counts[step] += rows
  }

  package var total: Int { counts.reduce(0, +) }

  /// The steps from the first to the last that has rows; `nil` where none has.
  package var steps: ClosedRange<Int>? {
    guard let first = counts.firstIndex(where: { $0 > 0 }), let last = counts.lastIndex(where: { $0 > 0 }) else {
      return nil
    }
    return first...last
  }
}
