import BillLedger
import BillModel
import SandboxServer
import Testing

@testable import SubmitPass

/// What submission costs in time, with bounds that only a fault of the order of things can break: a wave of waiting
/// rows would cost many times as much. The exact figures are the benchmark's.
@Suite(.serialized, .timeLimit(.minutes(2))) struct SubmitPaceTests {
  @Test func `rows that wait hold up nothing else: 64 in flight, three bills of each account side by side`()
    throws
  {
    let latency = 0.3
    let scene = try SubmitScene { $0.latency = latency * 1000 }
    let rows = 1_000
    let start = ContinuousClock.now
    let outcome = try scene.submit(BillFile.bills(rows), options: SubmitOptions(inFlight: 64))
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    #expect(outcome.summary.requests.sent == rows)
    #expect(seconds <= 4 * Double(rows) * latency / 64)
  }

  @Test func `a stated rate is held and not exceeded`() throws {
    let scene = try SubmitScene()
    let attempt = try scene.prepare(BillFile.bills(200), rate: 100)
    let start = ContinuousClock.now
    _ = try attempt.run.run()
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    #expect(seconds >= 1.95)
    #expect(seconds < 20)
  }
}
