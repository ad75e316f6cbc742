/// The fingerprint of every reference, with its record: 12 bytes a row.
struct ReferenceLog {
  /// A fingerprint in two halves, so that an entry has no gap.
  private struct Entry: BitwiseCopyable {
    var low: UInt32
    var high: UInt32
    var record: UInt32

    var key: UInt64 { UInt64(high) << 32 | UInt64(low) }
  }

  private let log = PartitionedLog<Entry>()
  private let file: SpillFile

  /// - Parameter file: Where entries go that memory has no room for.
  init(file: SpillFile) { self.file = file }

  /// What is kept in memory.
  var bytes: Int { log.bytes }

  func note(_ key: UInt64, record: UInt32) {
    let entry = Entry(low: UInt32(truncatingIfNeeded: key), high: UInt32(key >> 32), record: record)
    log.append(entry, to: PartitionedLog<Entry>.partition(of: key))
  }

  /// Moves all entries out of memory.
  func spill() throws(IntakeError) { try log.spill(to: file) }

  /// The records whose fingerprint more than one has, partition by partition; empties the log.
  func takeCandidates(threads: Int) throws(IntakeError) -> [[UInt32]] {
    let found = WorkerThreads.map(PartitionedLog<Entry>.partitions, threads: threads) { [log, file] partition in
      Result { () throws(IntakeError) in try Self.candidates(log, file, partition) }
    }
    log.removeAll()
    var candidates: [[UInt32]] = []
    for records in found {
      let records = try records.get()
      if !records.isEmpty { candidates.append(records) }
    }
    return candidates
  }

  private static func candidates(
    _ log: PartitionedLog<Entry>, _ file: SpillFile, _ partition: Int
  ) throws(IntakeError) -> [UInt32] {
    var filter = RepeatFilter()
    filter.reset(keys: log.count(of: partition))
    try log.forEach(in: partition, file) { filter.note($0.key) }
    var table = FirstSeenTable()
    var found: [UInt32] = []
    try log.forEach(in: partition, file) { entry in
      guard filter.mayRepeat(entry.key) else { return }
      switch table.insert(entry.key, UInt64(entry.record)) {
      case .new: return
      case .second(let first): found.append(UInt32(first))
      case .later: break
      }
      found.append(entry.record)
    }
    return found
  }
}
