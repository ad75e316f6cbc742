import SeededRandoms
import Testing

@testable import BillIntake

@Suite struct RepeatFilterTests {
  @Test(arguments: [0, 1, 17, 5_000])
  func `every key that comes twice may repeat, and few others`(count: Int) {
    var random = SeededRandom(seed: UInt64(count))
    let once = (0..<count).map { _ in UInt64.random(in: 0...UInt64.max, using: &random) }
    let twice = once.prefix(count / 10)
    let filter = RepeatFilter(keys: once.count + twice.count)
    for key in once + twice { filter.note(key) }
    #expect(twice.allSatisfy { filter.mayRepeat($0) })
    #expect(once.dropFirst(twice.count).count { filter.mayRepeat($0) } <= count / 5 + 1)
  }
}
