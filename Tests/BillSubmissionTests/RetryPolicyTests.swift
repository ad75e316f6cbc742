import Testing

@testable import BillSubmission

@Suite struct RetryPolicyTests {
  @Test(arguments: [
    (1, 0.0, 100), (1, 1.0, 200), (2, 0.0, 200), (2, 1.0, 400), (5, 0.5, 2_400), (9, 0.0, 15_000), (60, 1.0, 30_000),
    (0, 1.0, 200), (.max, 1.0, 30_000),
  ]) func `pauses double up to the longest, and are spread by jitter`(count: Int, jitter: Double, expected: Int64) {
    #expect(RetryPolicy().pause(before: count, jitter: jitter) == expected)
  }
}
