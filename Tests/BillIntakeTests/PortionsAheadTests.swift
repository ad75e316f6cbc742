import Synchronization
import Testing

@testable import BillIntake

@Suite struct PortionsAheadTests {
  private struct Fault: Error, Equatable {
    let number: Int
  }

  /// Counts the portions that are made.
  private final class Made: Sendable {
    let count = Mutex(0)

    func next() -> Int {
      count.withLock { count in
        count += 1
        return count
      }
    }
  }

  /// Portions that are numbers from 1; the one of a fault's number is thrown, and after 1,000 they end.
  private func portions(_ made: Made, isLong: Bool, faultAt number: Int = 0) -> PortionsAhead<Int, Fault> {
    PortionsAhead(isLong: isLong, most: 3) {
      { () throws(Fault) in
        let next = made.next()
        if next == number { throw Fault(number: next) }
        return next > 1_000 ? nil : next
      }
    }
  }

  @Test(arguments: [false, true])
  func `portions come in their order, and end`(isLong: Bool) throws {
    let ahead = portions(Made(), isLong: isLong)
    for number in 1...1_000 { #expect(try ahead.next() == number) }
    #expect(try ahead.next() == nil)
    #expect(try ahead.next() == nil)
  }

  @Test(arguments: [false, true])
  func `a fault comes where its portion would, and nothing after it`(isLong: Bool) throws {
    let ahead = portions(Made(), isLong: isLong, faultAt: 7)
    for number in 1...6 { #expect(try ahead.next() == number) }
    #expect(throws: Fault(number: 7)) { try ahead.next() }
    #expect(try ahead.next() == nil)
  }

  @Test(arguments: [false, true])
  func `what was ended makes nothing any more`(isLong: Bool) throws {
    for asked in 0...9 {
      let made = Made()
      let ahead = portions(made, isLong: isLong)
      for number in 0..<asked { #expect(try ahead.next() == number + 1) }
      ahead.end()
      let count = made.count.withLock { $0 }
      #expect(try ahead.next() == nil)
      #expect(made.count.withLock { $0 } == count)
    }
  }
}
