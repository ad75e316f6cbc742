import MomentAPI
import Testing

@testable import BillSubmission

@Suite struct RetryPolicyTests {
  @Test(arguments: [
    (1, 0.0, 100), (1, 1.0, 200), (2, 0.0, 200), (2, 1.0, 400), (5, 0.5, 2_400), (9, 0.0, 15_000), (60, 1.0, 30_000),
    (0, 1.0, 200), (.max, 1.0, 30_000),
  ]) func `pauses double up to the longest, and are spread by jitter`(count: Int, jitter: Double, expected: Int64) {
    #expect(RetryPolicy().pause(before: count, jitter: jitter) == expected)
  }

  @Test func `a failure that asks for a pause too long to sit out is the last one`() {
    var tries = Tries()
    #expect(tries.failed(2_700_000, Bench.context) == 2_700_000)
    #expect(tries.failed(2_700_001, Bench.context) == nil)
    #expect(tries.throttled(2_700_001, Bench.context) == 2_700_001)
    var bill = Bench.posting()
    #expect(bill.handle(Bench.answer(.transient(nil), retryAfter: 86_400_000), Bench.context).isGivingUp)
  }
}
