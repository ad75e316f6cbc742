import BillModel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which parties may have been met: bits by their hashes, so that it tells of nearly all new ones that they are, without a
/// look into the database. What it takes for met may be new all the same: of 400,000 others one in ten thousand, of
/// 10,000,000 one in twenty.
///
/// 8 MB, of which the system gives what is written to.
final class PartyFilter {
  private static let wordBits: UInt64 = 20
  private let words: UnsafeMutablePointer<UInt64>

  /// One that has seen no party; `nil` where there is no memory for it.
  init?() {
    guard let memory = calloc(1 << Int(Self.wordBits), MemoryLayout<UInt64>.size) else { return nil }
    words = memory.assumingMemoryBound(to: UInt64.self)
  }

  deinit { free(words) }

  /// A party is met.
  func note(_ key: PartyKey) {
    let (place, bits) = Self.place(of: key)
    words[place] |= bits
  }

  /// Whether a party may have been met; `false` is certain.
  func mayHold(_ key: PartyKey) -> Bool {
    let (place, bits) = Self.place(of: key)
    return words[place] & bits == bits
  }

  /// A word, and three bits of it: all of one line of the processor's cache.
  private static func place(of key: PartyKey) -> (word: Int, bits: UInt64) {
    let hash = UInt64(bitPattern: Int64(key.hash))
    let bits: UInt64 = 1 << (hash & 63) | 1 << (hash >> 6 & 63) | 1 << (hash >> 12 & 63)
    return (Int(hash >> (64 - wordBits)), bits)
  }
}
