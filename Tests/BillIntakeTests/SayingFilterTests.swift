import Hashing
import SeededRandoms
import Testing

@testable import BillIntake

@Suite struct SayingFilterTests {
  private typealias Saying = FactLists.Saying

  /// Different sayings, one for each number.
  private func sayings(_ numbers: Range<UInt64>) -> [Saying] {
    numbers.map {
      Saying(
        account: mixed($0 &* 4), accountValue: mixed($0 &* 4 &+ 1), customer: mixed($0 &* 4 &+ 2),
        customerValue: mixed($0 &* 4 &+ 3))
    }
  }

  /// A word that differs from that of every other number.
  private func mixed(_ number: UInt64) -> UInt64 { SeededRandom.mixed(number &+ 1) }

  /// How many pass for new, a thousand at a time.
  private func countNew(_ sayings: [Saying], _ filter: SayingFilter) -> Int {
    stride(from: 0, to: sayings.count, by: 1000).reduce(0) {
      $0 + new(Array(sayings[$1..<min($1 + 1000, sayings.count)]), filter).count
    }
  }

  /// The places of those that pass for new.
  private func new(_ sayings: [Saying], _ filter: SayingFilter, digesting relay: DigestRelay? = nil) -> [Int] {
    var passed: [UInt64] = []
    sayings.withUnsafeBufferPointer { sayings in
      filter.forEachNew(sayings, digesting: relay) { passed.append($0.account) }
    }
    var places: [Int] = []
    var next = 0
    for account in passed {
      while sayings[next].account != account { next += 1 }
      places.append(next)
      next += 1
    }
    return places
  }

  /// A filter that many have passed, of no interest to anybody.
  private func filter(limit: Int = .max) -> SayingFilter {
    let filter = SayingFilter(limit: limit)
    let one = Saying(account: 1, accountValue: 1, customer: 1, customerValue: 1)
    #expect(new([Saying](repeating: one, count: SayingFilter.leastSayings), filter).count == SayingFilter.leastSayings)
    return filter
  }

  @Test func `what was said before is passed over, and nothing else`() {
    let filter = filter()
    let first = sayings(0..<20_000)
    #expect(new(first, filter) == Array(first.indices))
    #expect(new(first, filter) == [])
    let more = sayings(10_000..<30_000)
    #expect(new(more, filter) == Array(10_000..<20_000))
  }

  @Test func `what is new is the same while a digest goes on, which is that of its bytes`() {
    let bytes = (0..<64 * 3000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 7) }
    let relay = DigestRelay(slots: 1) {}
    let (plain, digesting) = (filter(), filter())
    let all = sayings(0..<20_000) + sayings(5_000..<25_000)
    bytes.withUnsafeBytes { bytes in
      relay.settle(0, bytes)
      var start = 0
      while start < all.count {
        let part = Array(all[start..<min(all.count, start + 1 + start % 1700)])
        #expect(new(part, digesting, digesting: relay) == new(part, plain))
        start += part.count
      }
      relay.finish(0)
    }
    let hasher = SHA256Hasher()
    hasher.update(bytes)
    var digester = relay.digester
    #expect(digester.finish() == hasher.finish())
  }

  @Test func `a saying is new where one part of it is, whichever`() {
    let filter = filter()
    var start: UInt64 = 0
    for part in [\Saying.account, \.accountValue, \.customer, \.customerValue] as [WritableKeyPath<Saying, UInt64>] {
      for change in [1, 1 << 63, 0xFFFF_0000_0000_0000] as [UInt64] {
        let known = sayings(start..<start + 500)
        start += 500
        #expect(new(known, filter).count == 500)
        let changed = known.map { saying in
          var other = saying
          other[keyPath: part] ^= change
          return other
        }
        #expect(new(changed, filter).count == 500, "\(part) \(change)")
        #expect(new(known, filter) == [])
      }
    }
  }

  @Test func `what was said before is known also after the filter has grown`() {
    let filter = filter()
    let many = sayings(0..<300_000)
    #expect(countNew(many, filter) == 300_000)
    let bytes = filter.bytes
    // A line that is full forgets.
    #expect(countNew(many, filter) < 300_000 / 8)
    let others = sayings(300_000..<600_000)
    #expect(countNew(others, filter) == 300_000)
    #expect(filter.bytes == 4 * bytes)
    #expect(countNew(many, filter) < 300_000 / 8)
    #expect(countNew(many + others, filter) < 600_000 / 50)
  }

  @Test func `where next to nothing comes again, nothing is looked for any more`() {
    let filter = filter()
    let many = sayings(0..<1_000_000)
    #expect(countNew(many, filter) == many.count)
    #expect(filter.bytes == 0)
    #expect(new(Array(many[..<100]), filter) == Array(0..<100))
  }

  @Test func `it takes no more memory than it may`() {
    let none = SayingFilter(limit: 1 << 20)
    #expect(new(sayings(0..<20_000), none).count == 20_000)
    #expect(new(sayings(0..<20_000), none).count == 20_000)
    #expect(none.bytes == 0)
    let some = filter(limit: 5 << 20)
    let many = sayings(0..<1_000_000)
    for start in stride(from: 0, to: many.count, by: 1000) {
      let part = Array(many[start..<start + 1000])
      #expect(new(part, some) == Array(0..<1000))
      #expect(new(part, some) == [])
    }
    #expect(some.bytes <= 5 << 20 && some.bytes > 0)
  }
}
