import Testing

@testable import BillIntake

@Suite struct DateOrderTests {
  @Test(
    arguments: [
      ("2026-01-31", "2026-02-01", true), ("2026-02-01", "2026-01-31", false), ("2026-02-01", "2026-02-01", false),
      ("2025-12-31", "2026-01-01", true), ("2026-02-01", "2026-02-02", true), ("2026-02-10", "2026-02-09", false),
    ])
  func `dates order like their bytes`(first: String, second: String, precedes: Bool) {
    let (first, second) = (Array(first.utf8), Array(second.utf8))
    let outcome = first.withUnsafeBufferPointer { first in
      second.withUnsafeBufferPointer { DateOrder.precedes(first, $0) }
    }
    #expect(outcome == precedes)
  }
}
