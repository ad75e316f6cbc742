import CScan

/// Pairs by their key, each key once: a table with open addressing, used again and again.
///
/// A class, so that its owners can be plain structs. It has one owner.
final class PairTable {
  /// The value of a key of which different values came; no pair's own.
  static var differs: UInt64 { 0xFFFF_FFFF_FFFF }
  private static var leastCapacity: Int { 64 }

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
    slots.update(repeating: .none, count: capacity)
  }

  /// Adds a pair; where its key is there with another value, the value becomes `differs`.
  ///
  /// - Returns: whether different values are known of its key.
  @inline(__always)
  @discardableResult
  func insert(_ pair: PartyLog.Pair) -> Bool {
    let slot = slots + place(of: pair.key)
    if slot.pointee.key == pair.key {
      guard slot.pointee.value != pair.value else { return false }
      slot.pointee = PartyLog.Pair(key: pair.key, value: Self.differs)
      return true
    }
    slot.pointee = pair
    count &+= 1
    if count > capacity / 4 * 3 { grow() }
    return pair.value == Self.differs
  }

  /// Adds pairs for which the table was emptied: it has room for them.
  ///
  /// - Parameter places: Gets the places among them of those of whose key different values are known.
  /// - Returns: how many these are.
  func insert(_ pairs: UnsafeBufferPointer<PartyLog.Pair>, _ places: UnsafeMutablePointer<UInt32>) -> Int {
    guard let first = pairs.baseAddress else { return 0 }
    return cscan_put_pairs(
      UnsafeMutableRawPointer(slots).assumingMemoryBound(to: cscan_pair.self), UInt32(capacity - 1),
      UnsafeRawPointer(first).assumingMemoryBound(to: cscan_pair.self), pairs.count, places)
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
    for place in 0..<capacity {
      // Empty places are as frequent as full ones: without a branch, which no processor could guess.
      let pair = slots[place]
      slots[packed] = pair
      packed &+= pair.key == 0 ? 0 : 1
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
