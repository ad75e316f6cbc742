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
      let (words, policy, last) = try disorder(key, order, feed)
    else { return nil }
    guard policy == .hold else {
      around.log(RunEvent(.warning, words, feed: feed.name, file: entry.name))
      return nil
    }
    let digest = try digest(of: entry)
    if around.approval == digest.short {
      try noteApproved(digest, after: last)
      return nil
    }
    if try attempt({ () throws(LedgerError) in try ledger.archivedDropFile(of: digest) }) != nil { return nil }
    return last.map { isSame($0, entry, digest) } ?? false ? nil : words + "."
  }

  /// Notes what a file was let through after: once it is taken, nobody has to let it through after that again.
  private func noteApproved(_ digest: SHA256Digest, after last: DropFile?) throws(RunFault) {
    guard let key = last?.sortKey else { return }
    try attempt { () throws(LedgerError) in
      try ledger.noteOrderApproved(of: digest.short, after: key, now: around.now)
    }
  }

  /// Whether a file is one that was begun before, as in a drop that was called otherwise then.
  private func isSame(_ file: DropFile, _ entry: DropEntry, _ digest: SHA256Digest) -> Bool {
    file.digest.map { $0 == digest } ?? (file.name == entry.name && file.byteCount == entry.stamp.size)
  }

  /// What is wrong with the place of a file in its feed's order, and what is done then; `nil` where nothing is. A file
  /// whose place nobody knows may be any of those that are out of order.
  private func disorder(
    _ key: FeedKey?, _ order: FeedOrder, _ feed: FeedDesk
  ) throws(RunFault) -> (words: String, policy: FeedOrder.Policy, last: DropFile?)? {
    guard let key else {
      // What is wrong with a file that doesn't tell it, its submission says.
      return feed.readsKeys ? nil : ("Its name has no date or number that can be read", order.strictest, nil)
    }
    let last = try lastBegun(feed, key)
    let place = order.place(of: key, after: last?.sortKey.flatMap { FeedKey(sortText: $0) }, today: today)
    if place == .next { return nil }
    return (try rejected(place, feed, last) ?? words(place, last), order.policy(for: place), last)
  }

  /// Where what is missing before a file came, and was rejected as a whole: that, in words.
  private func rejected(
    _ place: FeedOrder.Place, _ feed: FeedDesk, _ last: DropFile?
  ) throws(RunFault) -> String? {
    guard case .gap(let missing) = place else { return nil }
    let file = try attempt { () throws(LedgerError) in
      try ledger.lastDropFile(ofFeed: feed.name, key: missing.sortText)
    }
    guard let file, file.verdict == .fileRejected else { return nil }
    return "Out of order: \(file.name) before it was rejected as a whole, and none has come for it; the last file "
      + "\(isDone(last) ? "done" : "begun") is \(last?.name ?? "")"
  }

  private func isDone(_ file: DropFile?) -> Bool {
    !(file?.endedAt == nil && file?.verdict.map { $0 == .held || $0 == .stopped } ?? true)
  }

  /// Leaves a file where it arrived, until it is let through.
  ///
  /// - Parameter digest: `nil` where a file of its name was taken and is not through: as long as that is so, nobody can let
  ///   it through.
  func hold(
    _ entry: DropEntry, _ feed: FeedDesk, _ key: FeedKey?, _ matter: String, _ digest: SHA256Digest?
  ) -> RunOutcome {
    let path = drop.location(ofArrived: entry.name)
    let way =
      digest.map { "; --approve \($0.short) lets it through." }
      ?? ": a file of this name was taken before it, and is not through. It is looked at once that one is, or was taken away "
      + "from \(drop.location(of: DropClaim(name: entry.name)))."
    var outcome = RunOutcome(
      feed: feed.name, file: entry.name, end: .verdict(.held), reason: "\(matter) It waits in \(path)\(way)", path: path
    )
    outcome.matter = digest == nil ? outcome.reason : matter
    outcome.approval = digest?.short
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
      try FileDigests.sha256(of: drop.read(entry.name), isCancelled: isCancelled)
    }
    digests[entry.name] = (entry.stamp, digest)
    meet(digest.short)
    return digest
  }

  /// Where a file stands after the last one of which something was sent.
  func words(_ place: FeedOrder.Place, _ last: DropFile?) -> String {
    let name = last?.name ?? ""
    let done = isDone(last) ? "done" : "begun"
    return switch place {
    case .next: "In order"
    case .gap(let missing): "Out of order: \(missing) is missing before it, the last file \(done) is \(name)"
    case .repeated: "Out of order: a file of the same day or number was \(done), \(name)"
    case .older(let key): "Out of order: a later file was \(done), \(name) (\(key))"
    case .ahead: "Its date is far ahead of today, and of the last file done\(name.isEmpty ? "" : ", \(name)")"
    }
  }

  /// A feed's files that are held where they arrived: those that the look found so, and those that the look before did and
  /// that only a later one can judge, as long as they lie there.
  func knownHeld(_ feed: FeedDesk) throws(RunFault) -> [FeedCalendar.HeldFile] {
    let found = held[feed.name] ?? []
    if found.isEmpty, waiting.isEmpty { return [] }
    let known = try attempt { () throws(LedgerError) in try ledger.needs(ofDrop: drop.title) }
      .filter { $0.kind == .held && $0.feed == feed.name }
    let before = known.filter { $0.isOfAnArrival(in: drop) && waiting.contains($0.name) }
    return found.map { file in
      FeedCalendar.HeldFile(key: file.key, since: known.first { $0.name == file.name }?.since ?? around.now)
    } + before.map(FeedCalendar.HeldFile.init)
  }

  /// A feed's files that have come and that the ledger doesn't know: those that are held where they arrived, and those that
  /// the look didn't get to, by their names.
  func knownCome(_ feed: FeedDesk) throws(RunFault) -> [FeedCalendar.HeldFile] {
    try knownHeld(feed) + unlookedKeys(of: feed).map { FeedCalendar.HeldFile(key: $0, since: around.now) }
  }

  /// Whether the look didn't get to files of a feed of which only their bytes tell for which day they are.
  func mayHaveCome(_ feed: FeedDesk) -> Bool { feed.readsKeys && !unlookedKeys(of: feed).isEmpty }

  private func unlookedKeys(of feed: FeedDesk) -> [FeedKey?] {
    unlooked.compactMap { name in
      guard let (own, key) = self.feed(of: name), own === feed, !feed.isMended(name) else { return nil }
      return .some(key)
    }
  }
}

extension FeedCalendar.HeldFile {
  init(_ need: DropNeed) {
    self.init(key: need.sortKey.flatMap { FeedKey(sortText: $0) }, since: need.since)
  }
}
