/// Groups by a key's bytes, found by its fingerprint: keys that only share a fingerprint are kept apart.
struct ExactGroups<Payload> {
  private struct Group {
    var key: Range<Int>
    /// The next group with the same fingerprint; −1 at the end.
    var next: Int
  }

  private var groups: [Group] = []
  private var firsts: [UInt64: Int] = [:]
  private var arena: [UInt8] = []
  /// What is kept of each group, by its number.
  private(set) var payloads: [Payload] = []

  /// The number of the group of a key, or `nil` where there is none yet.
  func find(_ fingerprint: UInt64, _ key: UnsafeBufferPointer<UInt8>) -> Int? {
    var index = firsts[fingerprint] ?? -1
    while index >= 0 {
      let group = groups[index]
      if group.key.count == key.count, arena[group.key].elementsEqual(key) { return index }
      index = group.next
    }
    return nil
  }

  /// Adds the group of a key that has none.
  mutating func insert(_ fingerprint: UInt64, _ key: UnsafeBufferPointer<UInt8>, _ payload: Payload) {
    let start = arena.count
    arena.append(contentsOf: key)
    groups.append(Group(key: start..<arena.count, next: firsts[fingerprint] ?? -1))
    firsts[fingerprint] = groups.count - 1
    payloads.append(payload)
  }

  /// Changes what is kept of a group.
  mutating func update(_ group: Int, _ change: (inout Payload) -> Void) { change(&payloads[group]) }
}
