/// The fingerprint of every reference, with its record: 12 bytes a row.
struct ReferenceLog {
  /// A fingerprint in two halves, so that an entry has no gap.
  private struct Entry: BitwiseCopyable {
    var low: UInt32
    var high: UInt32
    var record: UInt32

    var key: UInt64 { UInt64(high) << 32 | UInt64(low) }
  }

  /// A row whose reference may stand in another row too.
  struct Candidate: Sendable {
    var key: UInt64
    var record: UInt32
  }

  private let log = PartitionedLog<Entry>()

  func note(_ key: UInt64, record: UInt32) {
    let entry = Entry(low: UInt32(truncatingIfNeeded: key), high: UInt32(key >> 32), record: record)
    log.append(entry, to: PartitionedLog<Entry>.partition(of: key))
  }

  /// The rows whose fingerprint more than one row has, partition by partition; empties the log.
  func takeCandidates(threads: Int) -> [[Candidate]] {
    let found = WorkerThreads.map(PartitionedLog<Entry>.partitions, threads: threads) { [log] partition in
      Self.candidates(log, partition)
    }
    log.removeAll()
    return found.filter { !$0.isEmpty }
  }

  private static func candidates(_ log: PartitionedLog<Entry>, _ partition: Int) -> [Candidate] {
    var filter = RepeatFilter()
    filter.reset(keys: log.count(of: partition))
    log.forEach(in: partition) { filter.note($0.key) }
    var table = FirstSeenTable()
    var found: [Candidate] = []
    log.forEach(in: partition) { entry in
      guard filter.mayRepeat(entry.key) else { return }
      switch table.insert(entry.key, UInt64(entry.record)) {
      case .new: return
      case .second(let first): found.append(Candidate(key: entry.key, record: UInt32(first)))
      case .later: break
      }
      found.append(Candidate(key: entry.key, record: entry.record))
    }
    return found
  }
}
