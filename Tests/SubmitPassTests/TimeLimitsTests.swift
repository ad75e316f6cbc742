import BillLedger
import BillModel
import BillSubmission
import SandboxServer
import Synchronization
import Testing

@testable import SubmitPass

@Suite(.timeLimit(.minutes(2))) struct TimeLimitsTests {
  private static func clock(day: Int, minute: Int = 600) -> SubmitClock {
    SubmitClock(civil: { _ in CivilMoment(date: CivilDate(year: 2026, month: 3, day: day)!, minute: minute) })
  }

  private static func date(_ day: Int) -> CivilDate { CivilDate(year: 2026, month: 3, day: day)! }

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
    #expect(first.summary.stop == .dayIsSpent(40, until: Self.date(2), zone: "UTC"))
    #expect(scene.requests == 40)
    #expect(first.count(.created) == 40)
    #expect(first.fileRun.rows.unresolved == 0)
    let again = try scene.submit(csv, options: options, clock: Self.clock(day: 1))
    #expect(again.summary.stop == .dayIsSpent(40, until: Self.date(2), zone: "UTC"))
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

  @Test func `repeats and looks are of the day's budget too`() throws {
    let scene = try SubmitScene { try $0.faults.apply("429=0.2,503=0.1,drop-after=0.1") }
    let policy = RetryPolicy(base: 1, longest: 5, tries: 50)
    let options = SubmitOptions(policy: policy, times: TimeLimits(daily: 60, zone: "UTC"))
    let csv = BillFile.bills(200)
    var days = 0
    var stop = SubmitStop.interrupted
    while stop != .finished, days < 20 {
      let before = scene.requests
      days += 1
      stop = try scene.submit(csv, options: options, clock: Self.clock(day: days)).summary.stop
      let sent = scene.requests - before
      #expect(sent <= 60, "\(sent) requests on day \(days)")
      if stop != .finished { #expect(sent > 50, "only \(sent) requests on day \(days)") }
    }
    #expect(stop == .finished)
    #expect(scene.objects.bills == 200)
  }

  @Test func `a day that ends while a file is sent makes no room for more`() throws {
    let scene = try SubmitScene()
    let options = SubmitOptions(inFlight: 4, times: TimeLimits(daily: 50, zone: "UTC"))
    let changes = Mutex(0)
    let clock = SubmitClock(civil: { _ in
      let looks = changes.withLock { looks in
        looks += 1
        return looks
      }
      return CivilMoment(date: Self.date(looks < 6 ? 1 : 2), minute: 10)
    })
    let attempt = try scene.prepare(BillFile.bills(200), rate: 400, options: options, clock: clock)
    #expect(try attempt.run.run().stop == .dayIsSpent(50, until: Self.date(3), zone: "UTC"))
    let counted = try attempt.ledger.requests(on: Self.date(1)) + attempt.ledger.requests(on: Self.date(2))
    #expect(try attempt.ledger.requests(on: Self.date(2)) == 50)
    #expect(counted >= scene.requests)
  }

  @Test func `what was counted and didn't go out is given back`() throws {
    let scene = try SubmitScene()
    let options = SubmitOptions(times: TimeLimits(daily: 1_000, zone: "UTC"))
    let attempt = try scene.prepare(BillFile.bills(30), options: options, clock: Self.clock(day: 1))
    #expect(try attempt.run.run().stop == .finished)
    #expect(try attempt.ledger.requests(on: Self.date(1)) == 30)
    let other = try SubmitScene()
    let unsent = try other.prepare(
      BillFile.bills(30), options: options, clock: Self.clock(day: 1), interrupts: { 1 })
    _ = try unsent.run.run()
    #expect(try unsent.ledger.requests(on: Self.date(1)) == 0)
    #expect(other.requests == 0)
  }
}
