/// The fingerprints of parties, each with the fingerprint of what a row says of it: 16 bytes for every different pair
/// (and at most for every row).
struct PartyLog {
  private struct Pair: BitwiseCopyable {
    var key: UInt64
    var value: UInt64
  }

  private static let leastLimit = 2048

  private let log = PartitionedLog<Pair>()
  private var limits = [Int](repeating: leastLimit, count: PartitionedLog<Pair>.partitions)
  private var seen = FirstSeenTable()

  mutating func note(_ key: UInt64, _ value: UInt64) {
    let partition = PartitionedLog<Pair>.partition(of: key)
    guard log.append(Pair(key: key, value: value), to: partition) else { return }
    if log.count(of: partition) >= limits[partition] { compact(partition) }
  }

  /// The parties of whom rows may say different things; empties the log.
  func takeCandidates(threads: Int) -> Set<UInt64> {
    let found = WorkerThreads.map(PartitionedLog<Pair>.partitions, threads: threads) { [log] partition in
      var seen = FirstSeenTable()
      var candidates: Set<UInt64> = []
      log.forEach(in: partition) { pair in
        if seen.first(pair.key, pair.value) != pair.value { candidates.insert(pair.key) }
      }
      return candidates
    }
    log.removeAll()
    return found.reduce(into: []) { $0.formUnion($1) }
  }

  /// Keeps one of each pair.
  private mutating func compact(_ partition: Int) {
    seen.removeAll()
    log.filter(partition) { pair in
      // Both halves count, so that each different pair has a place of its own.
      if case .new = seen.insert(pair.key ^ (pair.value &* 0xd6e8_feb8_6659_fd93), pair.value) { true } else { false }
    }
    limits[partition] = max(Self.leastLimit, log.count(of: partition) * 2)
  }
}
