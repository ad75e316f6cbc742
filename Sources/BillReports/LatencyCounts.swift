/// How long requests took, counted in steps of a fourth of an octave: quantiles are right to about a tenth.
package struct LatencyCounts: Hashable, Sendable {
  /// From a quarter of a millisecond, four steps an octave, up to some ten minutes.
  private static let steps = 88
  private var counts: [UInt32] = []

  package init() {}

  /// Counts one that took so many nanoseconds.
  package mutating func add(_ nanoseconds: UInt64) {
    if counts.isEmpty { counts = [UInt32](repeating: 0, count: Self.steps) }
    counts[Self.step(Double(nanoseconds) / 1e6)] &+= 1
  }

  package mutating func add(_ other: Self) {
    guard !other.counts.isEmpty else { return }
    guard !counts.isEmpty else { return counts = other.counts }
    for index in counts.indices { counts[index] &+= other.counts[index] }
  }

  package var isEmpty: Bool { counts.allSatisfy { $0 == 0 } }

  /// Milliseconds that a share of them, from 0 to 1, did not exceed; `nil` where there are none.
  package func quantile(_ share: Double) -> Double? {
    let total = counts.reduce(0) { $0 + Int($1) }
    guard total > 0 else { return nil }
    var left = max(1, Int((Double(total) * share).rounded(.up)))
    for (step, count) in counts.enumerated() {
      left -= Int(count)
      if left <= 0 { return Self.middle(of: step) }
    }
    return Self.middle(of: Self.steps - 1)
  }

  private static func step(_ milliseconds: Double) -> Int {
    var step = 0
    var end = lowest * quarter
    while step < steps - 1, milliseconds >= end {
      end *= quarter
      step += 1
    }
    return step
  }

  private static func middle(of step: Int) -> Double {
    var low = lowest
    for _ in 0..<step { low *= quarter }
    return low * 1.0905
  }

  private static let lowest = 0.25
  /// The fourth root of 2.
  private static let quarter = 1.189207115
}
