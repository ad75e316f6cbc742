import CScan

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The fingerprint of every party with the fingerprint of what the first row says of it, and the parties of whom a later
/// row says something else: 16 bytes a slot, of which two thirds are in use.
///
/// 256 tables by the top bits of the key, each with open addressing and grown by itself, so that the memory of old and
/// new is never needed twice. Nearly each look at a table misses the cache; so pairs wait until a thousand have come for
/// the same table, which then is near for all of them.
///
/// A class, so that its owners can be plain structs. It has one owner.
final class PartyTable: @unchecked Sendable {
  /// What a row says of a party. No key is 0.
  struct Pair: BitwiseCopyable {
    var key: UInt64
    var value: UInt64
  }

  /// One of the tables.
  private struct Part {
    var slots: UnsafeMutablePointer<Pair>?
    var capacity: UInt64 = 0
    var count: UInt64 = 0
    /// How many pairs are in it when it grows.
    var limit: UInt64 = 0
    /// Pairs that aren't in the table yet.
    var waiting: UnsafeMutablePointer<Pair>
    var waitingCount = 0
    /// Of the parties in this table, those of whom rows say different things.
    var conflicts: [UInt64] = []
    /// Pairs that were moved out of memory.
    var runs: [SpillFile.Run] = []
  }

  private static var parts: Int { 256 }
  private static var leastCapacity: UInt64 { 64 }
  /// The value of a party that is among the conflicts; no row's.
  private static var told: UInt64 { .max }
  /// How many pairs ahead a place is brought nearer.
  private static var ahead: Int { 16 }

  private let parts: UnsafeMutablePointer<Part>
  private let waiting: UnsafeMutablePointer<Pair>
  /// How many pairs wait for a table at most.
  private let mostWaiting: Int
  private let file: SpillFile

  /// - Parameters:
  ///   - file: Where pairs go that memory has no room for.
  ///   - waiting: How many pairs wait for each of the tables.
  init(file: SpillFile, waiting mostWaiting: Int = 1024) {
    self.file = file
    self.mostWaiting = mostWaiting
    parts = .allocate(capacity: Self.parts)
    waiting = .allocate(capacity: Self.parts * mostWaiting)
    for index in 0..<Self.parts {
      (parts + index).initialize(to: Part(waiting: waiting + index * mostWaiting))
    }
  }

  deinit {
    for index in 0..<Self.parts { free(parts[index].slots) }
    parts.deinitialize(count: Self.parts)
    parts.deallocate()
    waiting.deallocate()
  }

  /// What the slots take.
  var bytes: Int { (0..<Self.parts).reduce(0) { $0 + Int(parts[$1].capacity) * MemoryLayout<Pair>.stride } }

  /// Notes what a row says.
  @inline(__always)
  func note(_ pair: Pair) {
    let part = parts + Int(pair.key >> 56)
    part.pointee.waiting[part.pointee.waitingCount] = Pair(key: pair.key, value: min(pair.value, Self.told - 1))
    part.pointee.waitingCount &+= 1
    if part.pointee.waitingCount == mostWaiting { settle(part) }
  }

  /// Moves all pairs out of memory.
  func spill() throws(IntakeError) {
    var pairs: [Pair] = []
    for index in 0..<Self.parts {
      settle(parts + index)
      pairs.removeAll(keepingCapacity: true)
      drain(index) { if $0.value != Self.told { pairs.append($0) } }
      let run = pairs.withUnsafeBytes { bytes in Result { () throws(IntakeError) in try file.append(bytes) } }
      parts[index].runs.append(try run.get())
    }
  }

  /// The parties of whom rows say different things; empties the table.
  func takeConflicts(threads: Int) throws(IntakeError) -> Set<UInt64> {
    let found = WorkerThreads.map(Self.parts, threads: threads) { [self] index in
      Result { () throws(IntakeError) in try self.conflicts(of: index) }
    }
    var conflicts: Set<UInt64> = []
    for part in found { conflicts.formUnion(try part.get()) }
    return conflicts
  }

  private func conflicts(of index: Int) throws(IntakeError) -> [UInt64] {
    let part = parts + index
    settle(part)
    for run in part.pointee.runs {
      try file.forEach(of: run, as: Pair.self) { insert($0, part) }
    }
    part.pointee.runs = []
    drain(index) { _ in }
    defer { part.pointee.conflicts = [] }
    return part.pointee.conflicts
  }

  /// Puts the pairs that wait into their table.
  @inline(never)
  private func settle(_ part: UnsafeMutablePointer<Part>) {
    let waiting = part.pointee.waiting
    let count = part.pointee.waitingCount
    part.pointee.waitingCount = 0
    if part.pointee.slots == nil { grow(part) }
    for index in 0..<min(count, Self.ahead) { prefetch(waiting[index].key, part) }
    for index in 0..<count {
      if index &+ Self.ahead < count { prefetch(waiting[index &+ Self.ahead].key, part) }
      insert(waiting[index], part)
    }
  }

  @inline(__always)
  private func prefetch(_ key: UInt64, _ part: UnsafeMutablePointer<Part>) {
    if let slots = part.pointee.slots { cscan_prefetch(slots + Self.place(of: key, part.pointee.capacity)) }
  }

  @inline(__always)
  private func insert(_ pair: Pair, _ part: UnsafeMutablePointer<Part>) {
    if part.pointee.count >= part.pointee.limit { grow(part) }
    guard let slots = part.pointee.slots else { return }
    let capacity = part.pointee.capacity
    var place = Self.place(of: pair.key, capacity)
    while slots[place].key != pair.key {
      if slots[place].key == 0 {
        slots[place] = pair
        part.pointee.count &+= 1
        return
      }
      place = place &+ 1 == Int(capacity) ? 0 : place &+ 1
    }
    guard slots[place].value != pair.value, slots[place].value != Self.told else { return }
    slots[place].value = Self.told
    part.pointee.conflicts.append(pair.key)
  }

  /// Calls `body` with the pairs of a part, and empties it.
  private func drain(_ index: Int, _ body: (Pair) -> Void) {
    let part = parts[index]
    guard let slots = part.slots else { return }
    for place in 0..<Int(part.capacity) where slots[place].key != 0 { body(slots[place]) }
    free(slots)
    parts[index].slots = nil
    (parts[index].capacity, parts[index].count, parts[index].limit) = (0, 0, 0)
  }

  @inline(__always)
  private static func place(of key: UInt64, _ capacity: UInt64) -> Int {
    Int(truncatingIfNeeded: (key << 8).multipliedFullWidth(by: capacity).high)
  }

  @inline(never)
  private func grow(_ part: UnsafeMutablePointer<Part>) {
    let old = part.pointee
    let capacity = max(Self.leastCapacity, old.capacity + old.capacity / 2)
    guard let memory = calloc(Int(capacity), MemoryLayout<Pair>.stride) else { fatalError("out of memory") }
    let slots = memory.bindMemory(to: Pair.self, capacity: Int(capacity))
    part.pointee.slots = slots
    part.pointee.capacity = capacity
    part.pointee.limit = capacity / 5 * 4
    guard let known = old.slots else { return }
    for index in 0..<Int(old.capacity) where known[index].key != 0 {
      var place = Self.place(of: known[index].key, capacity)
      while slots[place].key != 0 { place = place &+ 1 == Int(capacity) ? 0 : place &+ 1 }
      slots[place] = known[index]
    }
    free(known)
  }
}
