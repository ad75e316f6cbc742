/// SplitMix64, so that a failing round can be run again.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func pick<Element>(_ list: [Element]) -> Element { list[Int.random(in: list.indices, using: &self)] }

  /// Pieces of an alphabet, at random, some repeated.
  mutating func text(alphabet: [[UInt8]], upTo count: Int) -> [UInt8] {
    var text: [UInt8] = []
    for _ in 0..<Int.random(in: 0...count, using: &self) {
      let piece = alphabet[Int.random(in: 0..<alphabet.count, using: &self)]
      let times = Int.random(in: 0..<40, using: &self) == 0 ? Int.random(in: 1...70, using: &self) : 1
      for _ in 0..<times { text += piece }
    }
    return text
  }
}
