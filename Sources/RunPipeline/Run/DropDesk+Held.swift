import BillLedger
import Drops
import FileRuns

/// What a desk knows of files that wait where they arrived.
extension DropDesk {
  /// Where a file stands after the last one that is done.
  func words(_ place: FeedOrder.Place, _ last: DropFile?) -> String {
    let name = last?.name ?? ""
    return switch place {
    case .next: "In order"
    case .gap(let missing): "Out of order: \(missing) is missing before it, the last file done is \(name)"
    case .repeated: "Out of order: a file of the same day or number was done, \(name)"
    case .older(let key): "Out of order: a later file was done, \(name) (\(key))"
    }
  }

  /// The keys of a feed's files that are held where they arrived: those that the look found so, and those that the look
  /// before did and that only a later one can judge, as long as they lie there.
  func knownHeld(_ feed: FeedDesk) throws(RunFault) -> [FeedKey?] {
    let found = held[feed.name] ?? []
    if waiting.isEmpty { return found }
    let known = try attempt { () throws(LedgerError) in try ledger.needs(ofDrop: drop.title) }
    let before = known.filter {
      $0.kind == .held && $0.feed == feed.name && $0.isOfAnArrival(in: drop) && waiting.contains($0.name)
    }
    return found + before.map { $0.sortKey.flatMap { FeedKey(sortText: $0) } }
  }
}
