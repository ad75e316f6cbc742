/// Keys with what came with each first: a hash table with open addressing.
struct FirstSeenTable {
  enum Outcome {
    /// The key wasn't there.
    case new
    /// The key was there once, with this value.
    case second(first: UInt64)
    /// The key was there more than once.
    case later
  }

  private struct Slot {
    var key: UInt64 = 0
    var value: UInt64 = 0
    /// 0: empty. Else how often the key came, 2 for more than once.
    var seen: UInt8 = 0
  }

  private var slots = [Slot](repeating: Slot(), count: 64)
  private var count = 0

  /// Adds a key with a value.
  mutating func insert(_ key: UInt64, _ value: UInt64) -> Outcome {
    let index = place(of: key)
    guard slots[index].seen == 0 else {
      defer { slots[index].seen = 2 }
      return slots[index].seen == 1 ? .second(first: slots[index].value) : .later
    }
    slots[index] = Slot(key: key, value: value, seen: 1)
    count += 1
    if count * 4 > slots.count * 3 { grow() }
    return .new
  }

  private func place(of key: UInt64) -> Int {
    let mask = slots.count - 1
    var index = Int(truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15) >> 20) & mask
    while slots[index].seen > 0, slots[index].key != key { index = (index + 1) & mask }
    return index
  }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(), count: old.count * 2)
    for slot in old where slot.seen > 0 { slots[place(of: slot.key)] = slot }
  }
}
