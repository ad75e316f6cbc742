/// Which of many keys may come more than once: a bit or two a key instead of a table, so that most keys cost one look
/// into the processor's cache. Keys that do come more than once are always among them.
struct RepeatFilter {
  private static let bitsAKey = 16

  private var seen: [UInt64] = []
  private var repeated: [UInt64] = []
  private var mask: UInt64 = 0

  /// Forgets everything and makes room for so many keys.
  mutating func reset(keys: Int) {
    var words = 16
    while words * 64 < keys * Self.bitsAKey { words *= 2 }
    seen.removeAll(keepingCapacity: true)
    seen.append(contentsOf: repeatElement(0, count: words))
    repeated.removeAll(keepingCapacity: true)
    repeated.append(contentsOf: repeatElement(0, count: words))
    mask = UInt64(words * 64 - 1)
  }

  @inline(__always)
  mutating func note(_ key: UInt64) {
    let place = key & mask
    let word = Int(place >> 6)
    let bit: UInt64 = 1 << (place & 63)
    repeated[word] |= seen[word] & bit
    seen[word] |= bit
  }

  @inline(__always)
  func mayRepeat(_ key: UInt64) -> Bool {
    let place = key & mask
    return repeated[Int(place >> 6)] >> (place & 63) & 1 == 1
  }
}
