/// Places by the hash of what stands there: open addressing, with what is the same asked of the caller.
struct ReferenceTable {
  private var slots: [Int32]
  private let mask: Int

  /// - Parameter count: How many places at most.
  init(count: Int) {
    var size = 16
    while size < count * 2 { size *= 2 }
    slots = [Int32](repeating: -1, count: size)
    mask = size - 1
  }

  /// The place that is the same; `nil` where none is, and then `place` is there from now on, unless it is negative.
  ///
  /// - Parameter isSame: Whether a place that has the same slot is the one.
  mutating func find(_ hash: UInt64, orInsert place: Int32 = -1, _ isSame: (Int) -> Bool) -> Int? {
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 {
      if isSame(Int(slots[slot])) { return Int(slots[slot]) }
      slot = (slot + 1) & mask
    }
    if place >= 0 { slots[slot] = place }
    return nil
  }
}
