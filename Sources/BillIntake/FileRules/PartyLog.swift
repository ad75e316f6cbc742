import Threads

/// What rows say of parties: the fingerprint of each party with the fingerprint of what a row says of it; in the end, the
/// parties of whom rows say different things.
///
/// Pairs are written straight through, kept apart in partitions. Where one is full, its equal pairs are made one, in a
/// table that fits into the processor's cache; it may hold twice as many from then on, or four times as many where hardly
/// any were equal. So a pair costs a few looks into the cache and none into memory, and there are a few times as many pairs
/// as parties at most, once there are many.
///
/// A class, so that its owners can be plain structs. It has one owner.
final class PartyLog: @unchecked Sendable {
  /// What a row says of a party, in 12 bytes: memory that is taken anew costs more than what is done with it. Of both
  /// fingerprints 48 bits, which with the partition's 8 bits are all of a key. No key is 0.
  struct Pair: BitwiseCopyable {
    private var lowKey: UInt32
    private var lowValue: UInt32
    /// The upper 16 bits of the key, and above them those of the value.
    private var tops: UInt32

    @inline(__always)
    init(key: UInt64, value: UInt64) {
      lowKey = UInt32(truncatingIfNeeded: key)
      lowValue = UInt32(truncatingIfNeeded: value)
      tops = UInt32(truncatingIfNeeded: key >> 32 & 0xFFFF | value >> 16 & 0xFFFF_0000)
    }

    /// What says that there is no pair.
    static var none: Pair { Pair(key: 0, value: 0) }

    @inline(__always)
    var key: UInt64 { UInt64(lowKey) | UInt64(tops & 0xFFFF) << 32 }

    @inline(__always)
    var value: UInt64 { UInt64(lowValue) | UInt64(tops >> 16) << 32 }
  }

  /// How many pairs a partition holds at least before equal ones are made one.
  static var usualRoom: Int { 16_384 }

  /// A partition with so many pairs at most is looked through in one go: they all fit into a table that fits into the
  /// processor's cache.
  static var mostAtOnce: Int { 24_576 }

  private let log = PartitionedLog<Pair>()
  private let file: SpillFile
  private let table = PairTable()
  /// By partition: how many pairs it holds before equal ones are made one.
  private let room: UnsafeMutablePointer<Int>
  /// Of so many pairs, how many were left the last time when equal ones were made one.
  private var lastCondensed = (pairs: 2, left: 1)

  /// - Parameters:
  ///   - file: Where pairs go that memory has no room for.
  ///   - least: How many pairs a partition holds at least before equal ones are made one.
  init(file: SpillFile, room least: Int = usualRoom) {
    self.file = file
    let partitions = PartitionedLog<Pair>.partitions
    room = .allocate(capacity: partitions)
    // Not all of them at about the same time, which would hold up everybody else.
    for partition in 0..<partitions { room[partition] = least + least * partition / partitions }
  }

  deinit { room.deallocate() }

  /// What is kept in memory.
  var bytes: Int { log.bytes }

  /// Notes what a row says.
  ///
  /// - Parameters:
  ///   - key: The fingerprint of the party, with the bits of `Fingerprints.keyBits` alone.
  ///   - value: That of what is said of it. Two of them are told apart by 48 bits.
  @inline(__always)
  func note(key: UInt64, value: UInt64) {
    let partition = PartitionedLog<Pair>.partition(of: key)
    let pair = Pair(key: key, value: min(value & PairTable.differs, PairTable.differs - 1))
    if log.append(pair, to: partition) { makeRoom(in: partition) }
  }

  /// Moves all pairs out of memory.
  func spill() throws(IntakeError) {
    for partition in 0..<PartitionedLog<Pair>.partitions { condense(partition) }
    try log.spill(to: file)
  }

  /// The parties of whom rows say different things; empties the log.
  func takeConflicts(threads: Int) throws(IntakeError) -> Set<UInt64> {
    let found = WorkerThreads.map(threads, threads: threads) { [self] worker in
      Result { () throws(IntakeError) in try self.conflicts(of: worker, threads) }
    }
    log.removeAll()
    var conflicts: Set<UInt64> = []
    for part in found { conflicts.formUnion(try part.get()) }
    return conflicts
  }

  /// The conflicts in every so many partitions.
  private func conflicts(of worker: Int, _ workers: Int) throws(IntakeError) -> [UInt64] {
    let table = PairTable()
    var found: [UInt64] = []
    for partition in stride(from: worker, to: PartitionedLog<Pair>.partitions, by: workers) {
      if log.isInMemory(partition), log.count(of: partition) <= Self.mostAtOnce {
        findInOneGo(partition, table, &found)
      } else {
        try find(partition, table, &found)
      }
    }
    return found
  }

  private func findInOneGo(_ partition: Int, _ table: PairTable, _ found: inout [UInt64]) {
    let count = log.count(of: partition)
    guard count > 0 else { return }
    let places = PlainList<UInt32>()
    table.empty(for: count)
    log.forEachChunk(partition) { pairs in
      places.removeAll()
      places.append(atMost: pairs.count) { table.insert(pairs, $0) }
      for place in places.view { found.append(UInt64(partition) << 56 | pairs[Int(place)].key) }
    }
  }

  /// First which keys may come more than once, and then the pairs of these alone.
  private func find(_ partition: Int, _ table: PairTable, _ found: inout [UInt64]) throws(IntakeError) {
    let filter = RepeatFilter(keys: log.count(of: partition))
    try log.forEach(in: partition, file) { filter.note($0.key) }
    table.empty(for: expected(of: partition) / 2)
    try log.forEach(in: partition, file) { pair in
      let isConflict = pair.value == PairTable.differs || filter.mayRepeat(pair.key) && table.insert(pair)
      if isConflict { found.append(UInt64(partition) << 56 | pair.key) }
    }
  }

  @inline(never)
  private func makeRoom(in partition: Int) {
    guard log.countInMemory(of: partition) >= room[partition] else { return }
    let count = log.countInMemory(of: partition)
    let left = condense(partition)
    // Where hardly any were equal, it will be longer before that is worth while.
    room[partition] = max(room[partition], (left > count / 8 * 7 ? 4 : 2) * left)
  }

  /// Makes equal pairs one; how many there are then.
  @discardableResult
  private func condense(_ partition: Int) -> Int {
    let count = log.countInMemory(of: partition)
    table.empty(for: expected(of: partition))
    log.forEachInMemory(partition) { table.insert($0) }
    let pairs = table.pack()
    log.replace(partition, with: pairs)
    if count > 0 { lastCondensed = (count, pairs.count) }
    return pairs.count
  }

  /// About how many different pairs there may be among those of a partition: partitions are much alike.
  private func expected(of partition: Int) -> Int {
    let count = log.countInMemory(of: partition)
    return min(count, count * lastCondensed.left / lastCondensed.pairs * 9 / 8)
  }
}
