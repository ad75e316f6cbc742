import BillLedger
import BillModel
import BillPlanning
import BillSubmission
import SandboxServer
import Synchronization
import Testing
import Threads
import Transport

@testable import SubmitPass

@Suite(.timeLimit(.minutes(2))) struct TimeLimitsTests {
  private static func clock(day: Int, minute: Int = 600) -> SubmitClock {
    SubmitClock(civil: { _ in CivilMoment(date: CivilDate(year: 2026, month: 3, day: day)!, minute: minute) })
  }

  /// A clock whose first day ends so many milliseconds from now.
  private static func clock(changing milliseconds: UInt64) -> SubmitClock {
    let end = MonotonicClock.now + milliseconds * 1_000_000
    return SubmitClock(civil: { _ in
      let isOver = MonotonicClock.now >= end
      return CivilMoment(date: date(isOver ? 2 : 1), minute: isOver ? 0 : 1_439)
    })
  }

  /// A signal to end after so many seconds, for what might stand still.
  private static func interrupt(after seconds: UInt64) -> () -> Int {
    let end = MonotonicClock.now + seconds * 1_000_000_000
    return { MonotonicClock.now > end ? 1 : 0 }
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

  @Test(arguments: [7, 40]) func `a small budget ends what it begins, however many looks a row takes`(daily: Int) throws
  {
    let scene = try SubmitScene()
    let options = SubmitOptions(times: TimeLimits(daily: daily, zone: "UTC"), parties: .existing)
    let csv = BillFile.bills(24, each: 1, accounts: 1)
    var days = 0
    var stop = SubmitStop.interrupted
    while stop != .finished, days < 24 {
      let before = scene.requests
      days += 1
      stop = try scene.submit(csv, options: options, clock: Self.clock(day: days)).summary.stop
      #expect(scene.requests - before <= daily, "\(scene.requests - before) requests on day \(days)")
    }
    #expect(stop == .finished, "after \(days) days")
    #expect(scene.objects.bills == 24)
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

  @Test func `a day that ends while slow answers are out doesn't hold the rest up`() throws {
    let scene = try SubmitScene { $0.latency = 500 }
    let options = SubmitOptions(times: TimeLimits(daily: 1_000, zone: "UTC"))
    let attempt = try scene.prepare(
      BillFile.bills(40), rate: 20, options: options, clock: Self.clock(changing: 1_000),
      interrupts: Self.interrupt(after: 40))
    #expect(try attempt.run.run().stop == .finished)
    #expect(scene.objects.bills == 40)
    let counted = try attempt.ledger.requests(on: Self.date(1)) + attempt.ledger.requests(on: Self.date(2))
    #expect(counted >= 40)
  }

  @Test func `what waits in the client when a day begins that others have used up is taken back`() throws {
    let scene = try SubmitScene()
    let options = SubmitOptions(times: TimeLimits(daily: 200, zone: "UTC"))
    let attempt = try scene.prepare(
      BillFile.bills(100), rate: 20, options: options, clock: Self.clock(changing: 1_000))
    // Until the new day nothing leaves the client.
    attempt.run.connection.pacer.pause(untilNs: MonotonicClock.now + 3_000_000_000)
    _ = try attempt.ledger.reserve(upTo: 200, on: Self.date(2), most: 200)
    #expect(try attempt.run.run().stop == .dayIsSpent(200, until: Self.date(3), zone: "UTC"))
    #expect(scene.requests == 0)
    #expect(try attempt.ledger.requests(on: Self.date(1)) > 0)
    #expect(try attempt.ledger.requests(on: Self.date(2)) == 200)
    #expect(try attempt.ledger.fileRun(attempt.fileRun)?.rows.unresolved == 0)
  }

  @Test func `what a day didn't grant is paid off by what comes back`() {
    var ration = DayRation(date: Self.date(1), unsent: 3, admitted: 10)
    #expect(ration.unsent(admitted: 10) == 3)
    #expect(ration.unsent(admitted: 12) == 1)
    #expect(ration.unsent(admitted: 20) == 0)
    #expect(ration.wanted(5, admitted: 20) == 10)
    ration.take(0, uncounted: 0)
    ration.owe(2)
    ration.comeBack(1, wereAdmitted: false)
    #expect(ration.left == -1 && ration.isSpent)
    ration.comeBack(1, wereAdmitted: false)
    #expect(ration.left == 0 && ration.isSpent)
    #expect(ration.empty() == 0)
  }

  @Test func `a run with a day's budget has room at once`() throws {
    let scene = try SubmitScene()
    let options = SubmitOptions(times: TimeLimits(daily: 100, zone: "UTC"))
    let idle = Mutex<[Duration]>([])
    let attempt = try scene.prepare(
      BillFile.bills(3), options: options, clock: Self.clock(day: 1), watching: { _, _, _ in },
      idling: { limit in idle.withLock { $0.append(limit) } })
    #expect(try attempt.run.run().stop == .finished)
    #expect(idle.withLock { $0.first } == .zero)
  }
}
