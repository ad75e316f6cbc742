import Threads

/// The fingerprint of every reference, with its record: 6 bytes a row.
///
/// A class, so that its owners can be plain structs. It has one owner.
final class ReferenceLog: @unchecked Sendable {
  /// Of a fingerprint 32 bits, and behind them how many records after that of the entry before in its partition it came.
  /// With the partition's 8 bits these are enough: what shares them is compared on its bytes. Among 10 million references
  /// some 45 pairs share them for nothing, among 100 million some 4,500.
  private struct Entry: BitwiseCopyable {
    private var low: UInt16
    private var high: UInt16
    private var after: UInt16

    @inline(__always)
    init(key: UInt64, distance: UInt64) {
      low = UInt16(truncatingIfNeeded: key)
      high = UInt16(truncatingIfNeeded: key >> 16)
      after = UInt16(truncatingIfNeeded: distance)
    }

    /// The distance of an entry that stands for no reference, but for a part of the distance to the next one.
    static var far: UInt64 { 0xFFFF }

    var key: UInt64 { UInt64(low) | UInt64(high) << 16 }
    var distance: UInt64 { UInt64(after) }
  }

  private let log = PartitionedLog<Entry>()
  private let file: SpillFile
  /// By partition, the record of its last entry.
  private let last: UnsafeMutablePointer<UInt64>

  /// - Parameter file: Where entries go that memory has no room for.
  init(file: SpillFile) {
    self.file = file
    last = .allocate(capacity: PartitionedLog<Entry>.partitions)
    last.initialize(repeating: 0, count: PartitionedLog<Entry>.partitions)
  }

  deinit { last.deallocate() }

  /// What is kept in memory.
  var bytes: Int { log.bytes }

  /// Notes a reference; records ascend.
  @inline(__always)
  func note(_ key: UInt64, record: UInt32) {
    let partition = PartitionedLog<Entry>.partition(of: key)
    var distance = UInt64(record) &- last[partition]
    last[partition] = UInt64(record)
    while distance >= Entry.far {
      log.append(Entry(key: 0, distance: Entry.far), to: partition)
      distance -= Entry.far
    }
    log.append(Entry(key: key, distance: distance), to: partition)
  }

  /// Moves all entries out of memory.
  func spill() throws(IntakeError) { try log.spill(to: file) }

  /// The records whose fingerprint more than one has, partition by partition; empties the log.
  func takeCandidates(threads: Int) throws(IntakeError) -> [[UInt32]] {
    let found = WorkerThreads.map(PartitionedLog<Entry>.partitions, threads: threads) { [self] partition in
      Result { () throws(IntakeError) in try self.candidates(partition) }
    }
    log.removeAll()
    var candidates: [[UInt32]] = []
    for records in found {
      let records = try records.get()
      if !records.isEmpty { candidates.append(records) }
    }
    return candidates
  }

  private func candidates(_ partition: Int) throws(IntakeError) -> [UInt32] {
    let count = log.count(of: partition)
    // In a small file most partitions have one entry or none.
    guard count > 1 else { return [] }
    let filter = RepeatFilter(keys: count)
    try log.forEach(in: partition, file) { if $0.distance != Entry.far { filter.note($0.key) } }
    var table = FirstSeenTable()
    var found: [UInt32] = []
    var record: UInt64 = 0
    try log.forEach(in: partition, file) { entry in
      record &+= entry.distance
      guard filter.mayRepeat(entry.key), entry.distance != Entry.far else { return }
      switch table.insert(entry.key, record) {
      case .new: return
      case .second(let first): found.append(UInt32(truncatingIfNeeded: first))
      case .later: break
      }
      found.append(UInt32(truncatingIfNeeded: record))
    }
    return found
  }
}
