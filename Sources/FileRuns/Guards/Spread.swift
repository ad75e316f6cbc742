/// The middle of some figures, and their ends without the one that lies farthest out.
struct Spread {
  /// 0 where there are none.
  let median: Double
  let secondSmallest: Double
  let secondLargest: Double

  init(_ figures: [Double]) {
    let sorted = figures.sorted()
    guard sorted.count > 1 else {
      median = sorted.first ?? 0
      secondSmallest = median
      secondLargest = median
      return
    }
    let middle = sorted.count / 2
    median = sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    secondSmallest = sorted[1]
    secondLargest = sorted[sorted.count - 2]
  }
}
