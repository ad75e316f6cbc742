import BillModel
import BillPlanning
import BillSubmission
import SeededRandoms
import Testing
import Transport

@testable import SubmitPass

/// The small parts of a submission, each by itself.
@Suite struct SubmitPartsTests {
  private func reading(_ wall: WallTime, _ monotonic: UInt64, boot: UInt64 = 0) -> Moment {
    Moment(SubmitClock(wall: { wall }, monotonic: { monotonic }, boot: { boot }))
  }

  @Test func `a time of day is told on the clock that doesn't rest, and one that is over is now`() {
    let now = WallTime(milliseconds: 1_000_000_000_000)
    let moment = reading(now, 1, boot: 7_000_000_000)
    #expect(moment.boot(at: now.advanced(byMilliseconds: 23 * 3_600_000)) == 82_807_000_000_000)
    #expect(moment.boot(at: now.advanced(byMilliseconds: -5)) == 7_000_000_000)
  }

  private func look(_ look: inout LookAge, at seconds: UInt64) {
    let moment = reading(.now, seconds * 1_000_000_000, boot: seconds * 1_000_000_000)
    let completion = Completion(id: 1, result: .failure(.timedOut), finishedAt: 0, answeredBy: seconds * 1_000_000_000)
    look.looked(Arrival(completion, now: moment), now: moment)
  }

  @Test func `rule 16: a look is gone by for its time, and after two misses for as long as it took, within a bound`() {
    let second: UInt64 = 1_000_000_000
    var look = LookAge()
    func ends(_ now: UInt64) -> UInt64 {
      look.ends(within: 30, most: 100, now: reading(.now, now * second, boot: now * second)) / second
    }
    #expect(ends(5) == 35)
    self.look(&look, at: 10)
    // Not from when it is repeated on.
    #expect(ends(10) == 40 && ends(35) == 40)
    look.missed(at: reading(.now, 50 * second, boot: 50 * second))
    self.look(&look, at: 50)
    #expect(ends(50) == 80)
    look.missed(at: reading(.now, 90 * second, boot: 90 * second))
    self.look(&look, at: 90)
    #expect(ends(90) == 170)
    look.missed(at: reading(.now, 190 * second, boot: 190 * second))
    self.look(&look, at: 190)
    #expect(ends(190) == 290)
    // The machine has slept for an hour.
    look.missed(at: reading(.now, 191 * second, boot: 3_800 * second))
    self.look(&look, at: 3_800)
    #expect(ends(3_800) == 3_830)
  }

  @Test func `rows become due in the order of their moments`() {
    var queue = DueQueue()
    var random = SeededRandom(seed: 5)
    let moments = (0..<200).map { _ in UInt64.random(in: 0..<1_000, using: &random) }
    for (record, moment) in moments.enumerated() { queue.push(record, due: moment) }
    #expect(queue.next == moments.min())
    var seen: [UInt64] = []
    while let record = queue.pop(by: 499) { seen.append(moments[record]) }
    #expect(seen == moments.filter { $0 <= 499 }.sorted())
    #expect(queue.next == moments.filter { $0 > 499 }.min())
  }

  @Test func `four times as much is committed ahead as a commit takes in, within bounds`() {
    var options = SubmitOptions(inFlight: 32)
    #expect([0, 32, 33, 200, 256, 5000].map(options.lookAhead) == [64, 128, 132, 800, 1_024, 2_016])
    #expect(options.maximumActive == options.inFlight + options.lookAhead(after: 5000))
    (options.lookAhead, options.mostAhead) = (0, 0)
    #expect(options.lookAhead(after: 500) == 0)
  }

  @Test func `half of what may be under way is committed ahead at most, and more where commits are slow`() {
    let options = SubmitOptions(inFlight: 32)
    #expect([257, 512, 600, 1_500].map(options.lookAhead) == [1_024, 1_024, 1_200, 2_016])
  }

  @Test func `rule 4: what an earlier run began leaves within the hour that its window leaves`() {
    let options = SubmitOptions()
    let queue = Double(options.inFlight + options.mostBegunAhead) / RateFinder.least
    #expect(options.longestPauseSeconds + queue < 3600)
    #expect(options.mostBegunAhead < options.mostAhead)
  }

  @Test func `rule 4: a clock is trusted within five minutes of the server's and not behind the ledger`() {
    let now = WallTime(milliseconds: 1_000_000_000_000)
    let moment = reading(now, 5_000_000_000)
    var trust = ClockTrust()
    #expect(trust.holds(now: now, latestInLedger: now))
    #expect(!trust.holds(now: now, latestInLedger: now.advanced(byMilliseconds: 1)))
    trust.note(server: now.advanced(byMilliseconds: 300_001), now: moment)
    #expect(!trust.holds(now: now, latestInLedger: now))
    trust.note(server: nil, now: moment)
    #expect(!trust.holds(now: now, latestInLedger: now))
    trust.note(server: now.advanced(byMilliseconds: -300_000), now: moment)
    #expect(trust.holds(now: now, latestInLedger: now))
  }

  @Test func `the server's time goes on between its answers, and a difference over 30 seconds is told once`() {
    let now = WallTime(milliseconds: 1_000_000_000_000)
    var trust = ClockTrust()
    #expect(trust.serverNow(at: 5) == nil && trust.skew == nil)
    trust.note(server: now.advanced(byMilliseconds: 30_000), now: reading(now, 1_000_000))
    #expect(trust.skew == nil)
    #expect(trust.serverNow(at: 3_000_000) == now.advanced(byMilliseconds: 30_002))
    trust.note(server: now.advanced(byMilliseconds: -31_000), now: reading(now, 1_000_000))
    trust.note(server: now.advanced(byMilliseconds: 90_000), now: reading(now, 2_000_000))
    #expect(trust.skew == -31_000)
  }

  @Test func `failures in a row are trouble, until something useful comes`() {
    var life = LifeSigns()
    for _ in 0..<31 { life.failed("x", sentAt: 0) }
    #expect(!life.isInTrouble(inFlight: 32))
    life.failed("y", sentAt: 0)
    #expect(life.isInTrouble(inFlight: 32))
    #expect(life.lastFailure == "y")
    life.useful(at: 1)
    #expect(!life.isInTrouble(inFlight: 32))
  }

  @Test func `an API without a useful answer is dead after a time, which is shorter before the first one`() {
    let second: UInt64 = 1_000_000_000
    var life = LifeSigns()
    #expect(!life.isDead(at: 100 * second, first: 15, later: 60))
    life.failed("x", sentAt: 0)
    #expect(!life.isDead(at: 15 * second, first: 15, later: 60))
    #expect(life.isDead(at: 16 * second, first: 15, later: 60))
    life.useful(at: 20 * second)
    life.failed("x", sentAt: 0)
    #expect(!life.isDead(at: 80 * second, first: 15, later: 60))
    #expect(life.isDead(at: 81 * second, first: 15, later: 60))
  }

  @Test func `a run that has asked for nothing so long isn't dead by its first failure`() {
    let second: UInt64 = 1_000_000_000
    var life = LifeSigns()
    life.failed("x", sentAt: 100 * second)
    #expect(!life.isDead(at: 115 * second, first: 15, later: 60))
    life.failed("x", sentAt: 110 * second)
    #expect(life.isDead(at: 116 * second, first: 15, later: 60))
    life.useful(at: 200 * second)
    life.failed("x", sentAt: 2_900 * second)
    #expect(!life.isDead(at: 2_960 * second, first: 15, later: 60))
    #expect(life.isDead(at: 2_961 * second, first: 15, later: 60))
  }

  @Test func `an answer that was taken in late says what the time was when it came`() {
    let now = WallTime(milliseconds: 1_000_000_000_000)
    let moment = reading(now, 5_000_000_000, boot: 900_000_000_000)
    let arrival = Arrival(
      Completion(
        id: 1, result: .failure(.timedOut), sentAt: 4_000_000_000, finishedAt: 4_500_000_000,
        answeredBy: 300_000_000_000), now: moment)
    #expect(arrival.sentAt == 4_000_000_000 && arrival.age == 600_000)
    var trust = ClockTrust()
    trust.note(server: now.advanced(byMilliseconds: -600_000), age: arrival.age, now: moment)
    #expect(trust.holds(now: now, latestInLedger: now) && trust.skew == nil)
    #expect(trust.serverNow(at: moment.monotonic) == now)
    let unknown = Arrival(Completion(id: 1, result: .failure(.timedOut), finishedAt: 1), now: moment)
    #expect(unknown.sentAt == 5_000_000_000 && unknown.age == 0)
  }

  @Test func `a commit waits while the wire is busy with what was committed before, and not for long`() {
    let millisecond: UInt64 = 1_000_000
    var gathering = Gathering()
    func waits(_ handed: Int, ahead: Int = 128, at moment: UInt64) -> Bool {
      gathering.waits(handed: handed, inFlight: 64, ahead: ahead, now: moment)
    }
    let first = [waits(159, at: millisecond), waits(160, at: millisecond), waits(159, at: 2 * millisecond)]
    #expect(first == [false, true, false])
    #expect(gathering.end == 11 * millisecond)
    let last = [waits(192, at: 11 * millisecond - 1), waits(192, at: 11 * millisecond)]
    #expect(last == [true, false])
    gathering.stop()
    let next = [waits(192, at: 12 * millisecond), waits(192, ahead: 0, at: 12 * millisecond)]
    #expect(next == [true, false])
  }

  @Test func `rows that may go are served in order`() {
    var ready = ReadyRows()
    var served: [Int] = []
    for record in 1...3_000 {
      ready.append(Self.departure(record))
      if record.isMultiple(of: 3) { served.append(ready.popFirst()?.row.record ?? 0) }
    }
    while let departure = ready.popFirst() { served.append(departure.row.record) }
    #expect(served == Array(1...3_000))
    #expect(ready.isEmpty)
  }
}

extension SubmitPartsTests {
  private static func departure(_ record: Int) -> Departure {
    let bill = Bill(
      reference: "B", currency: CurrencyCode(packed: 0), amountDue: 1, party: .accountID("bacc_1"))
    return Departure(row: PlannableRow(record: record, operation: .raise(bill), byteCount: 1), form: .nested)
  }
}
