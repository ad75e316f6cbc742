import Testing

@testable import BillIntake

@Suite struct PartyTableTests {
  @Test func `the parties of whom two things are said are the conflicts`() throws {
    let table = PartyTable(file: SpillFile(folder: "/tmp"))
    var random = SeededRandom(seed: 5)
    let keys = (0..<30_000).map { _ in random.next() | 1 }
    for key in keys { table.note(PartyTable.Pair(key: key, value: key / 2)) }
    for (index, key) in keys.enumerated() {
      table.note(PartyTable.Pair(key: key, value: index % 100 == 0 ? 7 : key / 2))
    }
    #expect(try table.takeConflicts(threads: 2) == Set(keys.indices.filter { $0 % 100 == 0 }.map { keys[$0] }))
  }

  @Test func `keys that all share a place are kept apart`() throws {
    let table = PartyTable(file: SpillFile(folder: "/tmp"))
    for key in 1...3000 as ClosedRange<UInt64> { table.note(PartyTable.Pair(key: key, value: key)) }
    for key in 1...3000 as ClosedRange<UInt64> { table.note(PartyTable.Pair(key: key, value: min(key, 2990))) }
    #expect(try table.takeConflicts(threads: 2) == Set(2991...3000))
  }

  @Test func `what was moved to a file is compared with what comes later`() throws {
    let table = PartyTable(file: SpillFile(folder: "/tmp"), waiting: 16)
    var random = SeededRandom(seed: 6)
    let keys = (0..<5000).map { _ in random.next() | 1 }
    for (index, key) in (keys + keys + keys).enumerated() {
      table.note(PartyTable.Pair(key: key, value: index == 12_345 || index == 3 ? 2 : 1))
      if index % 4000 == 3999 { try table.spill() }
    }
    #expect(try table.takeConflicts(threads: 2) == [keys[2345], keys[3]])
  }
}
