import BillLedger
import BillModel
import Drops
import FileRuns
import Hashing
import RunConfiguration
import SubmitPass

/// What a desk knows of files that wait where they arrived.
extension DropDesk {
  /// Why a file must wait where it is; `nil` where it may be taken.
  func holdReason(_ entry: DropEntry, _ feed: FeedDesk, _ key: FeedKey?) throws(RunFault) -> String? {
    guard let order = feed.settings.order, !feed.isMended(entry.name),
      let (words, policy) = try disorder(key, order, feed)
    else { return nil }
    guard policy == .hold else {
      around.log(RunEvent(.warning, words, feed: feed.name, file: entry.name))
      return nil
    }
    let digest = try digest(of: entry)
    if around.approval == digest.short { return nil }
    if try attempt({ () throws(LedgerError) in try ledger.archivedDropFile(of: digest) }) != nil { return nil }
    return words + "."
  }

  /// What is wrong with the place of a file in its feed's order, and what is done then; `nil` where nothing is. A file
  /// whose place nobody knows may be any of those that are out of order.
  private func disorder(
    _ key: FeedKey?, _ order: FeedOrder, _ feed: FeedDesk
  ) throws(RunFault) -> (words: String, policy: FeedOrder.Policy)? {
    guard let key else {
      // What is wrong with a file that doesn't tell it, its submission says.
      return feed.readsKeys ? nil : ("Its name has no date or number that can be read", order.strictest)
    }
    let today = CivilDate(daysSinceEpoch: Int(around.now.milliseconds / 86_400_000))
    let horizon = today.flatMap(FeedOrder.horizon)
    // A file that was let through under a date far ahead is before none but such.
    let isNear = if case .date = key, let horizon { key <= horizon } else { false }
    let last = try attempt { () throws(LedgerError) in
      try ledger.lastDone(ofFeed: feed.name, upTo: isNear ? horizon?.sortText : nil)
    }
    let place = order.place(of: key, after: last?.sortKey.flatMap { FeedKey(sortText: $0) }, today: today)
    return place == .next ? nil : (words(place, last), order.policy(for: place))
  }

  /// Leaves a file where it arrived, until it is let through.
  func hold(
    _ entry: DropEntry, _ feed: FeedDesk, _ key: FeedKey?, _ matter: String, _ digest: SHA256Digest
  ) -> RunOutcome {
    let path = drop.location(ofArrived: entry.name)
    var outcome = RunOutcome(
      feed: feed.name, file: entry.name, end: .verdict(.held),
      reason: "\(matter) It waits in \(path); --approve \(digest.short) lets it through.", path: path)
    outcome.matter = matter
    outcome.approval = digest.short
    outcome.sortKey = key?.sortText
    return outcome
  }

  /// The digest of a file that has arrived.
  func digest(of entry: DropEntry) throws(RunFault) -> SHA256Digest {
    if let known = digests[entry.name], known.stamp == entry.stamp {
      meet(known.digest.short)
      return known.digest
    }
    let digest = try attempt { () throws(DropError) in
      try FileDigests.sha256(of: drop.read(entry.name)) { around.interrupts() > 0 }
    }
    digests[entry.name] = (entry.stamp, digest)
    meet(digest.short)
    return digest
  }

  /// Where a file stands after the last one that is done.
  func words(_ place: FeedOrder.Place, _ last: DropFile?) -> String {
    let name = last?.name ?? ""
    return switch place {
    case .next: "In order"
    case .gap(let missing): "Out of order: \(missing) is missing before it, the last file done is \(name)"
    case .repeated: "Out of order: a file of the same day or number was done, \(name)"
    case .older(let key): "Out of order: a later file was done, \(name) (\(key))"
    case .ahead: "Its date is far ahead of today, and of the last file done\(name.isEmpty ? "" : ", \(name)")"
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
