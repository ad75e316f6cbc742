/// Random numbers that a seed repeats: SplitMix64, of Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators" (2014).
package struct SeededRandom: RandomNumberGenerator {
  /// What it began with, to be told where a test fails.
  package let seed: UInt64
  private var state: UInt64

  package init(seed: UInt64) {
    self.seed = seed
    state = seed
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mixed(state)
  }

  /// The word with its bits mixed; different words stay different.
  package static func mixed(_ word: UInt64) -> UInt64 {
    var mixed = word
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// True once in `n`.
  package mutating func oneIn(_ n: Int) -> Bool { Int.random(in: 0..<n, using: &self) == 0 }

  /// One of a list that isn't empty.
  package mutating func pick<Element>(_ list: [Element]) -> Element { list[Int.random(in: list.indices, using: &self)] }

  /// Pieces of an alphabet, at random, some repeated.
  package mutating func text(alphabet: [[UInt8]], upTo count: Int) -> [UInt8] {
    var text: [UInt8] = []
    for _ in 0..<Int.random(in: 0...count, using: &self) {
      let piece = alphabet[Int.random(in: 0..<alphabet.count, using: &self)]
      let times = Int.random(in: 0..<40, using: &self) == 0 ? Int.random(in: 1...70, using: &self) : 1
      for _ in 0..<times { text += piece }
    }
    return text
  }
}
