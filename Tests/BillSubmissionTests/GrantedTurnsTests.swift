import BillSubmission
import Testing

/// Turns of a schedule that several processes share, by a clock of the test's own.
struct GrantedTurnsTests {
  private let second: UInt64 = 1_000_000_000

  /// A schedule as a server keeps it, for any number of askers.
  private struct Schedule {
    var next: UInt64 = 0

    mutating func grant(_ wanted: (count: Int, interval: UInt64), at now: UInt64) -> UInt64 {
      let first = max(next, now)
      next = first + UInt64(wanted.count) * wanted.interval
      return first
    }
  }

  @Test func `the next turn is known as long as one is left`() {
    var turns = GrantedTurns(rate: 1)
    #expect(turns.next == nil)
    turns.take(first: 90 * second, count: 1, interval: second)
    #expect(turns.next == 90 * second)
    turns.use()
    #expect(turns.next == nil)
  }

  /// Lets processes send whatever they may, at moments so far apart, until `end`; the moments of each one's sends.
  ///
  /// - Parameter delay: How long a grant is on its way, in nanoseconds.
  private func send(
    _ processes: Int, rate: Double, until end: UInt64, tick: UInt64, delay: UInt64,
    stops: (_ process: Int, _ now: UInt64) -> Bool = { _, _ in false }
  ) -> [[UInt64]] {
    var schedule = Schedule()
    var all = (0..<processes).map { _ in GrantedTurns(rate: rate) }
    var coming: [(at: UInt64, process: Int, first: UInt64, wanted: (count: Int, interval: UInt64))] = []
    var sent = Array(repeating: [UInt64](), count: processes)
    var now: UInt64 = second
    while now < end {
      for grant in coming where grant.at <= now {
        all[grant.process].take(first: grant.first, count: grant.wanted.count, interval: grant.wanted.interval)
      }
      coming.removeAll { $0.at <= now }
      for process in 0..<processes where !stops(process, now) {
        while case .go = all[process].turn(at: now) {
          all[process].use()
          sent[process].append(now)
        }
        if let wanted = all[process].ask() {
          coming.append((now + delay, process, schedule.grant(wanted, at: now), wanted))
        }
      }
      now += tick
    }
    return sent
  }

  @Test(arguments: [1, 2, 4, 9], [7.0, 50, 333, 2_000])
  func `any number of processes together use the rate, and none of it twice`(processes: Int, rate: Double) {
    let seconds = 20 as UInt64
    let sent = send(
      processes, rate: rate, until: (seconds + 1) * second, tick: 1_000_000, delay: 5_000_000)
    let count = Double(sent.reduce(0) { $0 + $1.count })
    #expect(count <= rate * Double(seconds) + rate * 0.02 + 1)
    #expect(count >= rate * Double(seconds) * 0.98 - Double(processes) - 1)
    // In no second more than the rate, but for what may be late.
    let moments = sent.flatMap { $0 }.sorted()
    var start = 0
    for (index, moment) in moments.enumerated() {
      while moments[start] + second <= moment { start += 1 }
      #expect(Double(index - start + 1) <= rate * 1.02 + 2)
    }
  }

  @Test func `each process that has something to send gets its part`() {
    let sent = send(4, rate: 400, until: 21 * second, tick: 1_000_000, delay: 3_000_000)
    for moments in sent { #expect((1_900...2_100).contains(moments.count)) }
  }

  @Test func `what a process that stops had is lost for three grants, and no longer`() {
    let sent = send(2, rate: 500, until: 21 * second, tick: 1_000_000, delay: 3_000_000) { process, now in
      process == 0 && now > 11 * second
    }
    let after = sent[1].filter { $0 > 11 * second + 400_000_000 }
    #expect(Double(after.count) >= 500 * 9.6 * 0.98)
  }

  @Test func `turns whose moment is past aren't caught up`() {
    var turns = GrantedTurns(rate: 100)
    _ = turns.turn(at: 0)
    #expect(turns.ask()?.count == 10)
    turns.take(first: second, count: 10, interval: 10_000_000)
    #expect(turns.turn(at: second / 2) == .wait(untilNs: second))
    var used = 0
    while case .go = turns.turn(at: second + 100_000_000) {
      turns.use()
      used += 1
    }
    #expect(used == 2, "those of the last 20 ms")
  }

  @Test func `who loses turns asks for fewer, and for more when all are used`() {
    var turns = GrantedTurns(rate: 1_000)
    var (now, sizes) = (0 as UInt64, [Int]())
    for isIdle in [true, true, true, true, false, false, false] {
      _ = turns.turn(at: now)
      guard let wanted = turns.ask() else { continue }
      sizes.append(wanted.count)
      turns.take(first: now, count: wanted.count, interval: wanted.interval)
      if isIdle {
        now += second
        continue
      }
      for _ in 0..<wanted.count {
        now += wanted.interval
        if case .go = turns.turn(at: now) { turns.use() }
      }
      now += wanted.interval
    }
    #expect(sizes[0] == 100 && sizes.min()! < 30 && sizes.last! > sizes.min()!, "\(sizes)")
  }
}
