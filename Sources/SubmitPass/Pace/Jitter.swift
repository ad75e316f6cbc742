/// Numbers from 0 up to 1 that spread pauses, so that rows which failed together don't come back together. One for each
/// event of a run: the system's own would cost a call of the kernel's (SplitMix64, Steele, Lea and Flood 2014).
struct Jitter {
  private var state: UInt64

  /// Other numbers in each run; for a seed, the same.
  init(seed: UInt64 = .random(in: 0 ... .max)) { state = seed }

  mutating func next() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((mixed ^ (mixed >> 31)) >> 11) * 0x1p-53
  }
}
