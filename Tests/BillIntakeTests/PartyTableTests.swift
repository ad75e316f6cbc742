import Testing

@testable import BillIntake

@Suite struct PartyTableTests {
  @Test func `the parties of whom two things are said are the conflicts`() {
    let table = PartyTable()
    var random = SeededRandom(seed: 5)
    let keys = (0..<30_000).map { _ in random.next() | 1 }
    for key in keys { table.note(PartyTable.Pair(key: key, value: key / 2)) }
    for (index, key) in keys.enumerated() {
      table.note(PartyTable.Pair(key: key, value: index % 100 == 0 ? 7 : key / 2))
    }
    #expect(table.takeConflicts(threads: 2) == Set(keys.indices.filter { $0 % 100 == 0 }.map { keys[$0] }))
  }

  @Test func `keys that all share a place are kept apart`() {
    let table = PartyTable()
    for key in 1...3000 as ClosedRange<UInt64> { table.note(PartyTable.Pair(key: key, value: key)) }
    for key in 1...3000 as ClosedRange<UInt64> { table.note(PartyTable.Pair(key: key, value: min(key, 2990))) }
    #expect(table.takeConflicts(threads: 2) == Set(2991...3000))
  }
}
