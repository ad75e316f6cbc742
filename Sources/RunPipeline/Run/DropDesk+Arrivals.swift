import BillLedger
import BillModel
import Drops
import FileRuns
import RunConfiguration
import SubmitPass
import Tabular

/// What becomes of files that have arrived.
extension DropDesk {
  /// Takes a file; where it can't be looked at, that is what became of it, and the others go on.
  func takeOrFail(
    _ entry: DropEntry, _ feed: FeedDesk, _ key: FeedKey?, at now: UInt64
  ) throws(RunFault) -> RunOutcome? {
    do throws(RunFault) { return try take(entry, feed, key, at: now) } catch {
      guard error.isOfOneFile else { throw error }
      // Gone, or another thing in its place, since it was listed: the next look sees.
      if case .drop(.input(.notFound)) = error {
        left.insert(entry.name)
        return nil
      }
      return RunOutcome(
        feed: feed.name, file: entry.name, end: .fault(error.ofAFile), path: drop.location(ofArrived: entry.name))
    }
  }

  private func take(
    _ entry: DropEntry, _ feed: FeedDesk, _ key: FeedKey?, at now: UInt64
  ) throws(RunFault) -> RunOutcome? {
    let judgement = try attempt { () throws(DropError) in
      try judge.judge(entry, by: feed.settings.completeness, at: now)
    }
    switch judgement {
    case .waiting:
      if case .unchanged(let seconds) = feed.settings.completeness {
        wait(seconds, for: entry.name)
        noteComing(entry, feed, key)
      } else {
        return try waitForCompanion(entry, feed, key, at: now)
      }
      return nil
    case .doubtful(let seconds):
      wait(seconds, for: entry.name)
      noteComing(entry, feed, key)
      return nil
    case .mismatch(let companion):
      return RunOutcome(
        feed: feed.name, file: entry.name, end: .verdict(.held),
        reason:
          "The file is not what \(companion) says: its checksum is another. It stays where it is until one of them "
          + "is replaced.", path: drop.location(ofArrived: entry.name))
    case .whole(let companion):
      return try alone(entry.name, feed) { () throws(RunFault) -> RunOutcome? in
        try isStillThere(entry, feed) ? take(entry, feed, key, companion) : nil
      }
    }
  }

  /// Waits for what is to lie beside a file: it may be on its way. Where it doesn't come with the file it is looked for in
  /// its time, and those after the file in its order wait no longer than that one grows.
  private func waitForCompanion(
    _ entry: DropEntry, _ feed: FeedDesk, _ key: FeedKey?, at now: UInt64
  ) throws(RunFault) -> RunOutcome? {
    if companionless.insert(entry.name).inserted {
      wait(1, for: entry.name)
      noteComing(entry, feed, key)
      return nil
    }
    let grows = judge.grows(entry, at: now)
    if !grows, let outcome = try withoutCompanion(entry, feed, key) { return outcome }
    waiting.insert(entry.name)
    if grows { noteComing(entry, feed, key) }
    return nil
  }

  /// What is to be said of a file that was held where it lies, and beside which what said that it is whole is gone; `nil` of
  /// any other.
  private func withoutCompanion(
    _ entry: DropEntry, _ feed: FeedDesk, _ key: FeedKey?
  ) throws(RunFault) -> RunOutcome? {
    if heldBefore == nil {
      let needs = try attempt { () throws(LedgerError) in try ledger.needs(ofDrop: drop.title) }
      heldBefore = Dictionary(
        needs.filter { $0.kind == .held && $0.path == drop.location(ofArrived: $0.name) }.map {
          ([$0.feed, $0.name], $0)
        },
        uniquingKeysWith: { first, _ in first })
    }
    guard let known = heldBefore?[[feed.name, entry.name]], known.approval != nil else { return nil }
    meet(known.approval)
    noteHeld(entry, key, feed)
    var outcome = RunOutcome(
      feed: feed.name, file: entry.name, end: .verdict(.held), reason: Self.companionGone(known.path ?? ""),
      path: known.path)
    (outcome.approval, outcome.sortKey) = (known.approval, known.sortKey)
    return outcome
  }

  /// What is said of such a file: as long as that is so, nobody can let it through.
  static func companionGone(_ path: String) -> String {
    "It is held, and what lay beside it to say that it is whole is gone. Put that beside it again, and it is looked at "
      + "anew; or take it away from \(path)."
  }

  /// Takes a file that is whole, or leaves it where it is.
  private func take(
    _ entry: DropEntry, _ feed: FeedDesk, _ key: FeedKey?, _ companion: String?
  ) throws(RunFault) -> RunOutcome? {
    if let before = try before(entry.name, key, feed, isTaken: false), try !isMended(entry, feed) {
      return leave(entry, feed, key, behind: before)
    }
    if let matter = try holdReason(entry, feed, key), try !isMended(entry, feed) {
      noteHeld(entry, key, feed)
      return hold(entry, feed, key, matter, try isTaken(entry.name) ? nil : digest(of: entry))
    }
    return try claim(entry, companion, feed, key)
  }

  private func claim(
    _ entry: DropEntry, _ companion: String?, _ feed: FeedDesk, _ key: FeedKey?
  ) throws(RunFault) -> RunOutcome? {
    var isOurs = ahead.remove(entry.name) != nil
    if !isOurs {
      isOurs = try claiming(besides: companion != nil) { () throws(DropError) in
        try drop.claim(entry.name, companion: companion)
      }
    }
    guard isOurs else {
      try tellTaken(entry)
      return nil
    }
    CrashPoint.pass(.taken)
    let claim = DropClaim(name: entry.name, companions: companion.map { [$0] } ?? [])
    claimed.append(claim)
    guard let stamp = try attempt({ () throws(DropError) in try drop.stamp(of: claim) }) else { return nil }
    guard stamp == entry.stamp else {
      // Written to between the look and the claim: it is ours, and must lie still first.
      wait(stillness(of: claim, feed), for: claim.name)
      return nil
    }
    return try go(claim, feed, key, nil, isArrival: true)
  }
}
