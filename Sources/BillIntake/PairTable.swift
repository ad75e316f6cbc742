#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Pairs by their key, each key once: a table with open addressing, used again and again.
///
/// A class, so that its owners can be plain structs. It has one owner.
final class PairTable {
  /// The value of a key of which different values came; no pair's own.
  static var differs: UInt64 { .max }
  private static var leastCapacity: Int { 1024 }

  private var slots: UnsafeMutablePointer<PartyLog.Pair>
  /// A power of two.
  private var capacity = 0
  private var allocated: Int
  private var count = 0

  init() {
    allocated = Self.leastCapacity
    slots = .allocate(capacity: allocated)
    capacity = allocated
    clear()
  }

  deinit { slots.deallocate() }

  /// Forgets everything, and makes room for so many pairs; it grows where more come.
  func empty(for pairs: Int) {
    capacity = Self.leastCapacity
    while capacity / 4 * 3 < pairs { capacity *= 2 }
    if capacity > allocated {
      slots.deallocate()
      slots = .allocate(capacity: capacity)
      allocated = capacity
    }
    clear()
  }

  private func clear() {
    count = 0
    memset(slots, 0, capacity * MemoryLayout<PartyLog.Pair>.stride)
  }

  /// Adds a pair; where its key is there with another value, the value becomes `differs`.
  @inline(__always)
  func insert(_ pair: PartyLog.Pair) {
    let slot = slots + place(of: pair.key)
    if slot.pointee.key == pair.key {
      if slot.pointee.value != pair.value { slot.pointee.value = Self.differs }
      return
    }
    slot.pointee = pair
    count &+= 1
    if count > capacity / 4 * 3 { grow() }
  }

  /// Where a key is, or would go.
  @inline(__always)
  private func place(of key: UInt64) -> Int {
    let mask = capacity &- 1
    var place = Int(truncatingIfNeeded: key) & mask
    while slots[place].key != key, slots[place].key != 0 { place = (place &+ 1) & mask }
    return place
  }

  /// The pairs side by side, until the table is emptied, which it must be before another pair is added.
  func pack() -> UnsafeBufferPointer<PartyLog.Pair> {
    var packed = 0
    for place in 0..<capacity where slots[place].key != 0 {
      slots[packed] = slots[place]
      packed += 1
    }
    return UnsafeBufferPointer(start: slots, count: packed)
  }

  @inline(never)
  private func grow() {
    let (old, oldCapacity) = (slots, capacity)
    capacity *= 2
    allocated = capacity
    slots = .allocate(capacity: capacity)
    clear()
    for place in 0..<oldCapacity where old[place].key != 0 {
      slots[self.place(of: old[place].key)] = old[place]
      count += 1
    }
    old.deallocate()
  }
}
