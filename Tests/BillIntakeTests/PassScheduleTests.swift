import Testing

@testable import BillIntake

@Suite struct PassScheduleTests {
  @Test func `one thread reads, takes and digests a block after the other`() {
    var schedule = PassSchedule(slots: 1)
    var jobs: [PassSchedule.Job] = []
    while let job = schedule.next(), job != .end {
      jobs.append(job)
      switch job {
      case .read(let block):
        schedule.finishReading(hasBlock: block < 2)
        if block < 2 { schedule.finishChecking(block) }
      case .take: schedule.finishTaking()
      case .digest: schedule.finishDigesting()
      case .end: break
      }
    }
    #expect(jobs == [.read(0), .take(0), .digest(0), .read(1), .take(1), .digest(1), .read(2)])
  }

  @Test func `a block is taken after the one before it, whichever was checked first`() {
    var schedule = PassSchedule(slots: 3)
    #expect(schedule.next() == .read(0))
    #expect(schedule.next() == nil)
    schedule.finishReading(hasBlock: true)
    #expect(schedule.next() == .digest(0))
    #expect(schedule.next() == .read(1))
    schedule.finishReading(hasBlock: true)
    schedule.finishChecking(1)
    schedule.finishDigesting()
    #expect(schedule.next() == .digest(1))
    #expect(schedule.next() == .read(2))
    #expect(schedule.next() == nil)
    schedule.finishChecking(0)
    #expect(schedule.next() == .take(0))
    #expect(schedule.next() == nil)
    schedule.finishTaking()
    #expect(schedule.next() == .take(1))
  }

  @Test func `memory is bounded: no block is read while none is free`() {
    var schedule = PassSchedule(slots: 2)
    for block in 0..<2 {
      _ = schedule.next()
      schedule.finishReading(hasBlock: true)
      schedule.finishChecking(block)
      if block == 0 { #expect(schedule.next() == .take(0)) }
      if block == 0 { #expect(schedule.next() == .digest(0)) }
      if block == 0 { #expect(schedule.next() == .read(1)) }
      if block == 0 { schedule.finishTaking() }
    }
    // Block 0 is still being digested, so that its slot isn't free.
    #expect(schedule.next() == .take(1))
    #expect(schedule.next() == nil)
  }

  @Test func `random threads never do what only one may, and end`() {
    for seed in 0..<200 as Range<UInt64> {
      var random = SeededRandom(seed: seed)
      let blocks = Int.random(in: 0...20, using: &random)
      var schedule = PassSchedule(slots: Int.random(in: 1...6, using: &random))
      var underWay: [PassSchedule.Job] = []
      var checking: [Int] = []
      var taken: [Int] = []
      var ended = false
      var steps = 0
      while !ended {
        steps += 1
        if steps > 10_000 { return #expect(Bool(false), "seed \(seed): no end") }
        switch Int.random(in: 0..<3, using: &random) {
        case 0:
          guard let job = schedule.next() else { continue }
          if job == .end { ended = underWay.isEmpty && checking.isEmpty } else { underWay.append(job) }
        case 1:
          guard !checking.isEmpty else { continue }
          schedule.finishChecking(checking.remove(at: Int.random(in: checking.indices, using: &random)))
        default:
          guard !underWay.isEmpty else { continue }
          switch underWay.remove(at: Int.random(in: underWay.indices, using: &random)) {
          case .read(let block):
            schedule.finishReading(hasBlock: block < blocks)
            if block < blocks { checking.append(block) }
          case .digest: schedule.finishDigesting()
          case .take(let block):
            taken.append(block)
            schedule.finishTaking()
          case .end: break
          }
        }
      }
      #expect(taken == Array(0..<blocks), "seed \(seed)")
    }
  }
}
