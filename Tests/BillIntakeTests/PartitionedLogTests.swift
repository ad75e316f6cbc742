import SeededRandoms
import Testing

@testable import BillIntake

@Suite struct PartitionedLogTests {
  @Test func `entries come out in the order in which they came, however many are moved to a file`() throws {
    let log = PartitionedLog<UInt64>()
    var expected = [[UInt64]](repeating: [], count: 3)
    for number in 0..<20_000 as Range<UInt64> {
      if number == 9000 || number == 15_000 { try log.spill(to: file) }
      let partition = Int(number % 3)
      log.append(number, to: partition)
      expected[partition].append(number)
    }
    for partition in 0..<3 {
      #expect(try entries(of: log, partition) == expected[partition])
      log.append(1, to: partition)
      #expect(try entries(of: log, partition).last == 1)
      #expect(try log.count(of: partition) == entries(of: log, partition).count)
    }
    log.removeAll()
    #expect(try entries(of: log, 1) == [])
  }

  private let file = SpillFile(folder: "/tmp")

  private func entries(of log: PartitionedLog<UInt64>, _ partition: Int) throws -> [UInt64] {
    var all: [UInt64] = []
    try log.forEach(in: partition, file) { all.append($0) }
    return all
  }

  @Test func `the rows whose fingerprint meets another's are the candidates, and no others`() throws {
    let log = ReferenceLog(file: file)
    var random = SeededRandom(seed: 4)
    var keys: [UInt64] = []
    for record in 1...30_000 as ClosedRange<UInt32> {
      let key = random.oneIn(10) && record > 1 ? random.pick(keys) : random.next()
      keys.append(key)
      log.note(key, record: record)
      if record == 20_000 { try log.spill() }
    }
    let groups = Dictionary(grouping: keys.indices, by: { keys[$0] })
    let expected = groups.values.filter { $0.count > 1 }.flatMap { $0 }.map { UInt32($0 + 1) }.sorted()
    #expect(try log.takeCandidates(threads: 2).flatMap { $0 }.sorted() == expected)
  }

  @Test func `rows that are far apart are found by their records, also across a file`() throws {
    let log = ReferenceLog(file: file)
    // The distance of two of a partition is kept in 16 bits, and told in parts where it is longer.
    let records: [UInt32] = [1, 65_535, 65_536, 131_071, 196_606, 5_000_000, 4_000_000_000]
    for (index, record) in records.enumerated() {
      log.note(7, record: record)
      if index == 3 { try log.spill() }
    }
    log.note(7 << 56, record: 70_000)
    log.note(8 << 56 | 1, record: 140_000)
    #expect(try log.takeCandidates(threads: 2).flatMap { $0 }.sorted() == records)
  }
}
