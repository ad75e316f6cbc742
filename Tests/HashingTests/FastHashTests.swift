import Testing

@testable import Hashing

@Suite struct FastHashTests {
  static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  static func hash(_ hash: FastHash, _ bytes: [UInt8]) -> UInt64 { bytes.withUnsafeBytes { hash($0) } }

  /// Key families that bill files have: counters at the end, at the start and in the middle; short and long.
  static let families: [@Sendable (Int) -> String] = [
    { "\($0)" }, { "INV-2026-\($0)" }, { "\($0)-2026-INV" }, { "ACC/\($0 * 64)/WATER" },
    { "municipality-of-somewhere/2026-01/account/\($0)/electricity-and-refuse-removal" },
    { String(repeating: "0", count: $0 % 97) + "x\($0)" },
  ]

  @Test(arguments: families.indices)
  func `like keys fall evenly into tables, by high bits and by low bits`(family: Int) {
    let hash = FastHash(seed: 42)
    let keys = 200_000
    let buckets = 1 << 12
    var low = [Int](repeating: 0, count: buckets)
    var high = low
    var seen: Set<UInt64> = []
    for number in 0..<keys {
      let value = Self.hash(hash, Self.bytes(Self.families[family](number)))
      low[Int(value & UInt64(buckets - 1))] += 1
      high[Int(value >> 52)] += 1
      seen.insert(value)
    }
    #expect(seen.count == keys)
    // Chi-squared with 4095 degrees of freedom: mean 4095, standard deviation 90; seven of them either way.
    for counts in [low, high] {
      let expected = Double(keys) / Double(buckets)
      let squares = counts.reduce(0.0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
      #expect(squares > 4095 - 630 && squares < 4095 + 630)
    }
  }

  @Test(arguments: [1, 3, 4, 7, 8, 15, 16, 17, 32, 48, 49, 96, 97, 200])
  func `a flipped bit of input flips half of the result`(count: Int) {
    let seed = UInt64.random(in: 0...UInt64.max)
    let hash = FastHash(seed: seed)
    let filler = FastHash(seed: seed &+ 1)
    var flips = 0
    var trials = 0
    for round in 0..<max(1, 400 / count) {
      var input = (0..<count).map { UInt8(truncatingIfNeeded: Self.hash(filler, Self.bytes("\(round) \($0)"))) }
      let before = Self.hash(hash, input)
      for bit in 0..<count * 8 {
        input[bit / 8] ^= 1 << UInt8(bit % 8)
        let changed = (Self.hash(hash, input) ^ before).nonzeroBitCount
        #expect(changed > 0, "seed \(seed)")
        flips += changed
        trials += 1
        input[bit / 8] ^= 1 << UInt8(bit % 8)
      }
    }
    let mean = Double(flips) / Double(trials)
    #expect(mean > 30.5 && mean < 33.5, "seed \(seed)")
  }

  @Test func `every length has its own hash, also of zero bytes alone`() {
    let hash = FastHash(seed: 7)
    let values = Set((0...300).map { Self.hash(hash, [UInt8](repeating: 0, count: $0)) })
    #expect(values.count == 301)
  }

  @Test func `the hash follows from the bytes and the seed, not from where the bytes lie`() {
    let hash = FastHash(seed: 1)
    let text = Self.bytes("a text of some forty-odd bytes, for all lanes, and then more of it")
    for shift in 0..<16 {
      let moved = [UInt8](repeating: 9, count: shift) + text + [1, 2, 3]
      let value = moved.withUnsafeBytes { hash(UnsafeRawBufferPointer(rebasing: $0[shift..<shift + text.count])) }
      #expect(value == Self.hash(hash, text))
    }
    #expect(Self.hash(FastHash(seed: 2), text) != Self.hash(hash, text))
    #expect(Self.hash(FastHash(), text) != Self.hash(FastHash(), text))
  }
}
