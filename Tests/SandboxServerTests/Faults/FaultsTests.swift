import Testing

@testable import SandboxServer

@Suite struct TokenBucketTests {
  private let second: UInt64 = 1_000_000_000

  /// How many of `count` attempts at that moment are let through.
  private func taken(_ count: Int, from bucket: inout TokenBucket, at now: UInt64) -> Int {
    (0..<count).reduce(0) { passed, _ in bucket.take(now: now) ? passed + 1 : passed }
  }

  @Test(arguments: [(1.0, 10), (50, 10), (100, 10), (500, 50), (5000, 500)])
  func `a full bucket holds a tenth of a second, at least ten`(rate: Double, capacity: Int) {
    var bucket = TokenBucket(rate: rate, now: 0)
    let passed = taken(capacity + 5, from: &bucket, at: 0)
    #expect(passed == capacity)
  }

  @Test func `it fills at its rate and never above its capacity`() {
    var bucket = TokenBucket(rate: 100, now: 0)
    let passed = [0, 9_000_000, 10_000_000, 25_000_000, 100 * second].map { taken(20, from: &bucket, at: $0) }
    #expect(passed == [10, 0, 1, 1, 10])
  }

  @Test func `requests at the rate are never refused`() {
    var bucket = TokenBucket(rate: 500, now: 0)
    let passed = (0..<5000).reduce(0) { $0 + taken(1, from: &bucket, at: UInt64($1) * second / 500) }
    #expect(passed == 5000)
  }

  @Test func `it tells how long it takes until the next token`() {
    var bucket = TokenBucket(rate: 0.5, now: 0)
    #expect(bucket.secondsToNext == 0)
    _ = taken(10, from: &bucket, at: 0)
    #expect(bucket.secondsToNext == 2)
    #expect(bucket.remaining == 0)
  }
}

@Suite struct FaultRatesTests {
  @Test func `faults are read from a list`() throws {
    var rates = FaultRates()
    try rates.apply("drop-before=0.25,drop-after=0.25")
    try rates.apply("500-after=0.5,drop-before=0")
    #expect(rates.rate(of: .dropBefore) == 0)
    #expect(rates.rate(of: .errorAfter) == 0.5)
    #expect(rates.fault(drawnBy: 0.1) == .dropAfter)
    #expect(rates.fault(drawnBy: 0.3) == .errorAfter)
    #expect(rates.fault(drawnBy: 0.8) == nil)
  }

  @Test(arguments: ["x=0.1", "503", "503=", "503=2", "503=-1", "503=nan", "503=0.6,429=0.6"])
  func `a list that makes no sense is refused`(text: String) {
    var rates = FaultRates()
    #expect(throws: SandboxOptionError.self) { try rates.apply(text) }
  }

  @Test func `every fault of the contract has its name`() throws {
    var rates = FaultRates()
    try rates.apply("drop-before=0.01,drop-after=0.01,500-after=0.01,503=0.01,429=0.01,half=0.01,garbage=0.01")
    #expect(!rates.isEmpty)
  }
}

@Suite struct SeededRandomTests {
  @Test func `numbers lie evenly from 0 up to 1 and follow from the seed`() {
    var (one, two) = (SeededRandom(seed: 3), SeededRandom(seed: 3))
    var sum = 0.0
    for _ in 0..<10_000 {
      let number = one.nextFraction()
      #expect(number >= 0 && number < 1 && number == two.nextFraction())
      sum += number
    }
    #expect(abs(sum / 10_000 - 0.5) < 0.02)
  }
}
