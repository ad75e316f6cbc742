import SeededRandoms
import Testing

@testable import BillIntake

@Suite struct PassScheduleTests {
  @Test func `one thread reads, checks and takes a block after the other`() {
    var schedule = PassSchedule(slots: 1)
    var jobs: [PassSchedule.Job] = []
    while let job = schedule.next(), job != .end {
      jobs.append(job)
      switch job {
      case .read(let block): schedule.finishReading(hasBlock: block < 2)
      case .check(let block):
        schedule.finishChecking(block)
        if block == 0 { schedule.noteDigested() }
      case .take: schedule.finishTaking()
      case .digest:
        schedule.noteDigested()
        schedule.finishDigesting()
      case .end: break
      }
    }
    // What wasn't digested by the way is digested by itself.
    #expect(jobs == [.read(0), .check(0), .take(0), .read(1), .check(1), .take(1), .digest(1), .read(2)])
  }

  @Test func `a block is taken after the one before it, whichever was checked first`() {
    var schedule = PassSchedule(slots: 3)
    #expect(schedule.next() == .read(0))
    #expect(schedule.next() == nil)
    schedule.finishReading(hasBlock: true)
    #expect(schedule.next() == .check(0))
    #expect(schedule.next() == .read(1))
    schedule.finishReading(hasBlock: true)
    #expect(schedule.next() == .check(1))
    #expect(schedule.next() == .read(2))
    schedule.finishChecking(1)
    #expect(schedule.next() == nil)
    schedule.finishReading(hasBlock: true)
    schedule.finishChecking(0)
    #expect(schedule.next() == .take(0))
    #expect(schedule.next() == .check(2))
    schedule.finishTaking()
    #expect(schedule.next() == .take(1))
  }

  @Test func `a thread reads into memory that it read into before, and checks what it read itself`() {
    var schedule = PassSchedule(slots: 6)
    var readers: [Int: Int] = [:]
    var checkers: [Int: Int] = [:]
    var changes = 0
    // Two threads, one step each in turn.
    var jobs: [PassSchedule.Job?] = [nil, nil]
    var readerOfPlace: [Int: Int] = [:]
    while checkers.count < 100 {
      for thread in 0..<2 {
        switch jobs[thread] {
        case .read: schedule.finishReading(hasBlock: true)
        case .check(let block):
          schedule.finishChecking(block)
          schedule.noteDigested()
        case .digest: schedule.finishDigesting()
        case .take: schedule.finishTaking()
        case .end, nil: break
        }
        jobs[thread] = schedule.next(for: thread)
        if case .read(let block) = jobs[thread] {
          readers[block] = thread
          let place = schedule.place(of: block)
          if let last = readerOfPlace.updateValue(thread, forKey: place), last != thread { changes += 1 }
        }
        if case .check(let block) = jobs[thread] { checkers[block] = thread }
      }
    }
    #expect(changes <= 6)
    #expect(Set(checkers.values) == [0, 1])
    #expect(checkers.count { readers[$0.key] != $0.value } <= 10)
  }

  @Test func `a digest that is far behind comes before all else`() {
    var schedule = PassSchedule(slots: 8)
    for block in 0..<4 {
      #expect(schedule.next() == .read(block))
      schedule.finishReading(hasBlock: true)
      #expect(schedule.next() == .check(block))
    }
    for block in 1...3 { schedule.finishChecking(block) }
    #expect(schedule.next() == .read(4))
    schedule.finishChecking(0)
    #expect(schedule.next() == .digest(0))
    #expect(schedule.next() == .take(0))
    schedule.noteDigested()
    schedule.finishDigesting()
    // Three blocks lack nothing but their digest, still.
    #expect(schedule.next() == .digest(1))
    schedule.noteDigested()
    schedule.finishDigesting()
    schedule.finishTaking()
    #expect(schedule.next() == .take(1))
  }

  @Test func `memory is bounded: no block is read while none is free`() {
    var schedule = PassSchedule(slots: 2)
    for expected in [.read(0), .check(0), .read(1), .check(1)] as [PassSchedule.Job] {
      #expect(schedule.next() == expected)
      if case .read = expected { schedule.finishReading(hasBlock: true) }
    }
    schedule.finishChecking(0)
    #expect(schedule.next() == .take(0))
    schedule.finishTaking()
    // Block 0 is still to be digested, so that its slot isn't free.
    #expect(schedule.next() == .digest(0))
    #expect(schedule.next() == nil)
    schedule.noteDigested()
    schedule.finishDigesting()
    #expect(schedule.next() == .read(2))
    // Block 1 is being checked, which may move its bytes.
    #expect(schedule.next() == nil)
    schedule.finishChecking(1)
    #expect(schedule.next() == .take(1))
    #expect(schedule.next() == .digest(1))
  }

  @Test func `random threads never do what only one may, and end`() {
    for seed in 0..<200 as Range<UInt64> {
      var random = SeededRandom(seed: seed)
      let blocks = Int.random(in: 0...20, using: &random)
      var schedule = PassSchedule(slots: Int.random(in: 1...6, using: &random))
      var underWay: [PassSchedule.Job] = []
      var checked: Set<Int> = []
      var taken: [Int] = []
      var digested = 0
      var ended = false
      var steps = 0
      while !ended {
        steps += 1
        if steps > 10_000 { return #expect(Bool(false), "seed \(seed): no end") }
        switch Int.random(in: 0..<2, using: &random) {
        case 0:
          guard let job = schedule.next(for: Int.random(in: 0..<3, using: &random)) else { continue }
          if case .read(let block) = job {
            let place = schedule.place(of: block)
            let others = (min(taken.count, digested)..<block).map { schedule.place(of: $0) }
            #expect(!others.contains(place), "seed \(seed): block \(block) stands where another does")
          }
          if job == .end { ended = underWay.isEmpty } else { underWay.append(job) }
        default:
          guard !underWay.isEmpty else { continue }
          switch underWay.remove(at: Int.random(in: underWay.indices, using: &random)) {
          case .read(let block): schedule.finishReading(hasBlock: block < blocks)
          case .check(let block):
            #expect(checked.insert(block).inserted, "seed \(seed)")
            schedule.finishChecking(block)
            // By the way, where nobody does it by itself.
            if !underWay.contains(.digest(digested)), checked.contains(digested), Bool.random(using: &random) {
              digested += 1
              schedule.noteDigested()
            }
          case .digest(let block):
            #expect(block == digested, "seed \(seed)")
            digested += 1
            schedule.noteDigested()
            schedule.finishDigesting()
          case .take(let block):
            taken.append(block)
            schedule.finishTaking()
          case .end: break
          }
        }
      }
      #expect(taken == Array(0..<blocks) && digested == blocks, "seed \(seed)")
    }
  }
}
