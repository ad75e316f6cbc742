package import CScan

/// A fast 64-bit hash of bytes for tables in memory, seeded so that no file can be made to degrade a table.
///
/// Not for anything that must stay secret, or be read on another machine: the value depends on the byte order and on the
/// seed.
/// Each step multiplies two words to 128 bits and folds the halves together, with words of the seed mixed in before, so
/// that every bit of input reaches every bit of the result. Two texts of the same length under 17 bytes never meet
/// before the multiplication. A collision must be confirmed on the bytes: among 10^8 keys about one in 3,700 runs has
/// any pair that shares all 64 bits.
package struct FastHash: Sendable {
  /// Four odd words.
  package let seed: cscan_seed

  /// A hash whose values follow from `seed` alone: for tests.
  package init(seed: UInt64) {
    var state = seed
    self.seed = cscan_seed(
      first: Self.next(&state), second: Self.next(&state), third: Self.next(&state), fourth: Self.next(&state))
  }

  /// A hash with 256 bits of seed from the system (getrandom on Linux).
  package init() {
    var random = SystemRandomNumberGenerator()
    seed = cscan_seed(
      first: random.next() | 1, second: random.next() | 1, third: random.next() | 1, fourth: random.next() | 1)
  }

  /// The hash of `bytes`, which need no alignment.
  @inlinable @inline(__always)
  package func callAsFunction(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    cscan_hash(bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count, seed)
  }

  /// One step of a counter with a finaliser of xors, shifts and multiplications; odd.
  private static func next(_ state: inout UInt64) -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ word >> 30) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ word >> 27) &* 0x94d0_49bb_1331_11eb
    return word ^ word >> 31 | 1
  }
}
