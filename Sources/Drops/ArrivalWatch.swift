/// What was seen of files that have arrived, look by look: since when each has been as it is. Pure; for one drop.
package struct ArrivalWatch: Sendable {
  private struct Sight {
    var stamp: DropEntry.Stamp
    /// Nanoseconds of a clock that never jumps.
    var since: UInt64
    var looks: Int
  }

  private var sights: [String: Sight] = [:]

  package init() {}

  /// Takes in a listing. What isn't in it is forgotten: a file that comes back is a new one.
  ///
  /// - Parameter now: Nanoseconds of a clock that never jumps.
  package mutating func look(_ entries: [DropEntry], at now: UInt64) {
    var next: [String: Sight] = [:]
    next.reserveCapacity(entries.count)
    for entry in entries {
      if var sight = sights[entry.name], sight.stamp == entry.stamp {
        sight.looks += 1
        next[entry.name] = sight
      } else {
        next[entry.name] = Sight(stamp: entry.stamp, since: now, looks: 1)
      }
    }
    sights = next
  }

  /// Whether a file has been as it is over two looks at least, and so many seconds.
  package func isUnchanged(_ entry: DropEntry, forSeconds seconds: Double, at now: UInt64) -> Bool {
    guard let sight = sights[entry.name], sight.stamp == entry.stamp, sight.looks > 1, now >= sight.since else {
      return false
    }
    return Double(now - sight.since) >= seconds * 1e9
  }
}
