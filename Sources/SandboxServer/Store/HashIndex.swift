/// From the hash of a text to the serial of the object that has it; 8 bytes a slot, at most two thirds of them used.
struct HashIndex {
  /// Upper half: 32 bits of the hash; lower half: serial + 1; 0: free.
  private var slots: [UInt64]
  private var count = 0

  init() { slots = Array(repeating: 0, count: 1024) }

  /// The serial under that hash for which `matches` says yes.
  func find(_ hash: UInt64, where matches: (UInt32) -> Bool) -> UInt32? {
    let tag = Self.tag(hash)
    var slot = Int(truncatingIfNeeded: tag) & (slots.count - 1)
    while slots[slot] != 0 {
      if slots[slot] >> 32 == tag {
        let serial = UInt32(truncatingIfNeeded: slots[slot]) - 1
        if matches(serial) { return serial }
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Adds a serial that isn't in it yet.
  mutating func insert(_ hash: UInt64, serial: UInt32) {
    if (count + 1) * 3 > slots.count * 2 { grow() }
    count += 1
    place(Self.tag(hash) << 32 | UInt64(serial + 1))
  }

  private mutating func place(_ entry: UInt64) {
    var slot = Int(entry >> 32) & (slots.count - 1)
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = entry
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: 0, count: old.count * 2)
    for entry in old where entry != 0 { place(entry) }
  }

  private static func tag(_ hash: UInt64) -> UInt64 {
    (hash &* 0x9e37_79b9_7f4a_7c15) >> 32
  }
}
