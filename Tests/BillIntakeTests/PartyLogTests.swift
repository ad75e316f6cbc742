import SeededRandoms
import Testing

@testable import BillIntake

@Suite struct PartyLogTests {
  @Test func `the parties of whom two things are said are the conflicts`() throws {
    let log = PartyLog(file: SpillFile(folder: "/tmp"), room: 600)
    var random = SeededRandom(seed: 5)
    let keys = (0..<200_000).map { _ in random.next() & Fingerprints.keyBits | 1 }
    for key in keys { log.note(key: key, value: key / 2) }
    for (index, key) in keys.enumerated() {
      log.note(key: key, value: index % 100 == 0 ? 7 : key / 2)
    }
    #expect(try log.takeConflicts(threads: 2) == Set(keys.indices.filter { $0 % 100 == 0 }.map { keys[$0] }))
  }

  @Test func `a partition that is full keeps one pair of those that say the same`() throws {
    let log = PartyLog(file: SpillFile(folder: "/tmp"), room: 600)
    for round in 0..<20_000 as Range<UInt64> {
      for key in 1...10 as ClosedRange<UInt64> {
        log.note(key: key, value: key == 3 && round == 1 || key == 4 && round == 19_999 ? 9 : 8)
      }
    }
    // 200,000 pairs would take 2,400,000 bytes.
    #expect(log.bytes <= 1 << 20)
    #expect(try log.takeConflicts(threads: 2) == [3, 4])
  }

  @Test(arguments: [100, PartyLog.mostAtOnce - 1, PartyLog.mostAtOnce, PartyLog.mostAtOnce + 1, 70_000])
  func `the conflicts of a partition are the same however many pairs it has`(count: Int) throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    let log = PartyLog(file: SpillFile(folder: "/tmp"), room: 100_000)
    var values: [UInt64: Set<UInt64>] = [:]
    for _ in 0..<count {
      // Some keys share all of their low bits.
      let key = (random.next() % 20_000 + 1) << (random.next() % 100 == 0 ? 28 : 0)
      let value = random.next() % 40 == 0 ? key &* 3 : key &* 5 & 0xFFFF_FFFF
      log.note(key: key, value: value)
      values[key, default: []].insert(value & 0xFFFF_FFFF_FFFF)
    }
    let expected = Set(values.filter { $0.value.count > 1 }.keys)
    #expect(try log.takeConflicts(threads: 2) == expected, "seed \(seed)")
  }

  @Test func `keys that all share a place are kept apart`() throws {
    let log = PartyLog(file: SpillFile(folder: "/tmp"), room: 4096)
    for key in 1...3000 as ClosedRange<UInt64> { log.note(key: key, value: key) }
    for key in 1...3000 as ClosedRange<UInt64> { log.note(key: key, value: min(key, 2990)) }
    #expect(try log.takeConflicts(threads: 2) == Set(2991...3000))
  }

  @Test func `what was moved to a file is compared with what comes later`() throws {
    let log = PartyLog(file: SpillFile(folder: "/tmp"), room: 16)
    var random = SeededRandom(seed: 6)
    let keys = (0..<5000).map { _ in random.next() & Fingerprints.keyBits | 1 }
    for (index, key) in (keys + keys + keys).enumerated() {
      log.note(key: key, value: index == 12_345 || index == 3 ? 2 : 1)
      if index % 4000 == 3999 { try log.spill() }
    }
    #expect(try log.takeConflicts(threads: 2) == [keys[2345], keys[3]])
  }

  @Test(arguments: [0, 1, 0xFFFF, 1 << 32, 0xFFFF_FFFF_FFFE, 0x8000_1234_5678] as [UInt64])
  func `a pair keeps 48 bits of key and value`(bits: UInt64) {
    for other in [0, 0x5A5A_0F0F_3C3C, 0xFFFF_FFFF_FFFF] as [UInt64] {
      let pair = PartyLog.Pair(key: bits | 0xAB << 56, value: other | 0xCDEF << 48)
      #expect(pair.key == bits && pair.value == other)
      let swapped = PartyLog.Pair(key: other, value: bits)
      #expect(swapped.key == other && swapped.value == bits)
    }
    #expect(MemoryLayout<PartyLog.Pair>.stride == 12)
  }

  @Test func `whatever a fingerprint is, its key in an entry is not 0`() {
    let prints = Fingerprints()
    for text in [0, .max, 0xFF00_0000_0000_0000, 0x00FF_0000_0000_0000, 1 << 56] as [UInt64] {
      #expect(prints.key(text) & 0xFFFF_FFFF_FFFF != 0)
      #expect(prints.key(text) & ~Fingerprints.keyBits == 0)
    }
  }
}
