import BillLedger
import BillModel
import BillSubmission
import SandboxServer
import Testing

@testable import SubmitPass

@Suite(.timeLimit(.minutes(2))) struct TimeLimitsTests {
  private static func clock(day: Int, minute: Int = 600) -> SubmitClock {
    SubmitClock(civil: { _ in CivilMoment(date: CivilDate(year: 2026, month: 3, day: day)!, minute: minute) })
  }

  @Test func `in a quiet hour nothing is sent, and after it the file goes on`() throws {
    let scene = try SubmitScene()
    let options = SubmitOptions(times: TimeLimits(quiet: QuietHours("22:00-23:00"), zone: "UTC"))
    let stopped = try scene.submit(BillFile.bills(30), options: options, clock: Self.clock(day: 1, minute: 1_325))
    #expect(stopped.summary.stop == .quietHours(until: "23:00 (UTC)"))
    #expect(scene.requests == 0)
    let done = try scene.submit(BillFile.bills(30), options: options, clock: Self.clock(day: 1, minute: 1_380))
    #expect(done.summary.stop == .finished)
    #expect(done.count(.created) == 30)
  }

  @Test func `a day's budget is remembered, and goes on the next day`() throws {
    let scene = try SubmitScene()
    let options = SubmitOptions(times: TimeLimits(daily: 40, zone: "UTC"))
    let csv = BillFile.bills(100)
    let first = try scene.submit(csv, options: options, clock: Self.clock(day: 1))
    #expect(first.summary.stop == .dayIsSpent(40, zone: "UTC"))
    #expect(scene.requests == 40)
    #expect(first.count(.created) == 40)
    #expect(first.fileRun.rows.unresolved == 0)
    let again = try scene.submit(csv, options: options, clock: Self.clock(day: 1))
    #expect(again.summary.stop == .dayIsSpent(40, zone: "UTC"))
    #expect(scene.requests == 40)
    #expect(try scene.submit(csv, options: options, clock: Self.clock(day: 2)).count(.created) == 80)
    let last = try scene.submit(csv, options: options, clock: Self.clock(day: 3))
    #expect(last.summary.stop == .finished)
    #expect(last.count(.created) == 100)
    #expect(scene.requests == 100)
  }

  @Test func `a file that uses the budget up exactly is finished`() throws {
    let scene = try SubmitScene()
    let options = SubmitOptions(times: TimeLimits(daily: 30))
    let outcome = try scene.submit(BillFile.bills(30), options: options, clock: Self.clock(day: 1))
    #expect(outcome.summary.stop == .finished)
    #expect(outcome.fileRun.isFinished)
  }
}
