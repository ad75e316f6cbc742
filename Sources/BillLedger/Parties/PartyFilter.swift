import BillModel
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which parties may have been met: bits by their hashes, so that it tells of nearly all new ones that they are, without a
/// look into the database. What it takes for met may be new all the same: of 400,000 others one in ten thousand, of
/// 10,000,000 one in twenty.
///
/// 8 MB, in large pages where the system has them: each look is at another place, and to find that place's page takes longer
/// than to read it. One thread at a time may note parties; what another one is told meanwhile may not know of the last ones.
final class PartyFilter {
  private static let wordBits: UInt64 = 20
  private static let byteCount = MemoryLayout<UInt64>.size << Int(wordBits)
  private static let largePage = 2 << 20
  private let memory: UnsafeMutableRawPointer
  private let words: UnsafeMutablePointer<Atomic<UInt64>>
  /// Whether no party was met; for who has the tables.
  @exclusivity(unchecked) private(set) var isEmpty = true

  /// One that has seen no party; `nil` where there is no memory for it.
  init?() {
    let flags = MAP_PRIVATE | CInt(MAP_ANONYMOUS)
    let taken = Self.byteCount + Self.largePage
    guard let memory = mmap(nil, taken, PROT_READ | PROT_WRITE, flags, -1, 0), memory != MAP_FAILED else { return nil }
    self.memory = memory
    let aligned = memory.alignedUp(toMultipleOf: Self.largePage)
    #if canImport(Glibc)
      madvise(aligned, Self.byteCount, CInt(MADV_HUGEPAGE))
    #endif
    words = aligned.bindMemory(to: Atomic<UInt64>.self, capacity: 1 << Int(Self.wordBits))
  }

  deinit { munmap(memory, Self.byteCount + Self.largePage) }

  /// A party is met.
  func note(_ key: PartyKey) {
    let (place, bits) = Self.place(of: key)
    words[place].store(words[place].load(ordering: .relaxed) | bits, ordering: .relaxed)
    isEmpty = false
  }

  /// Whether a party may have been met; `false` is certain.
  func mayHold(_ key: PartyKey) -> Bool {
    let (place, bits) = Self.place(of: key)
    return words[place].load(ordering: .relaxed) & bits == bits
  }

  /// A word, and three bits of it: all of one line of the processor's cache.
  private static func place(of key: PartyKey) -> (word: Int, bits: UInt64) {
    let hash = UInt64(bitPattern: Int64(key.hash))
    let bits: UInt64 = 1 << (hash & 63) | 1 << (hash >> 6 & 63) | 1 << (hash >> 12 & 63)
    return (Int(hash >> (64 - wordBits)), bits)
  }
}
