/// What rows say of parties: the fingerprint of each party with the fingerprint of what a row says of it; in the end, the
/// parties of whom rows say different things.
///
/// Pairs are written straight through, kept apart in partitions. Where one is full, its equal pairs are made one, in a
/// table that fits into the processor's cache; it may hold twice as many from then on. So a pair costs a few looks into
/// the cache and none into memory, and there are at most twice as many pairs as parties, once there are many.
///
/// A class, so that its owners can be plain structs. It has one owner.
final class PartyLog: @unchecked Sendable {
  /// What a row says of a party. No key is 0.
  struct Pair: BitwiseCopyable {
    var key: UInt64
    var value: UInt64
  }

  /// How many pairs a partition holds at least before equal ones are made one.
  static var usualRoom: Int { 16_384 }

  private let log = PartitionedLog<Pair>()
  private let file: SpillFile
  private let table = PairTable()
  /// By partition: how many pairs it holds before equal ones are made one.
  private let room: UnsafeMutablePointer<Int>

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
  @inline(__always)
  func note(_ pair: Pair) {
    let partition = PartitionedLog<Pair>.partition(of: pair.key)
    let pair = Pair(key: pair.key, value: min(pair.value, PairTable.differs - 1))
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
      table.empty(for: log.countInMemory(of: partition))
      try log.forEach(in: partition, file) { table.insert($0) }
      for pair in table.pack() where pair.value == PairTable.differs { found.append(pair.key) }
    }
    return found
  }

  @inline(never)
  private func makeRoom(in partition: Int) {
    guard log.countInMemory(of: partition) >= room[partition] else { return }
    room[partition] = max(room[partition], 2 * condense(partition))
  }

  /// Makes equal pairs one; how many there are then.
  @discardableResult
  private func condense(_ partition: Int) -> Int {
    table.empty(for: log.countInMemory(of: partition))
    log.forEachInMemory(partition) { table.insert($0) }
    let pairs = table.pack()
    log.replace(partition, with: pairs)
    return pairs.count
  }
}
