import Drops
import FileRuns
import RunConfiguration
import SubmitPass

/// Files that are next, claimed and fetched several at a time where the drop is far, so that the round trips which each of
/// them costs go side by side.
///
/// A claim that its turn doesn't come to, since the pass ends or the process dies before, is one like any other that a
/// process left before its ledger knew the file: the next look takes it up.
extension DropDesk {
  /// Bytes of the largest such file. A larger one is checked while it comes, and sending it takes far longer than fetching
  /// the one after it.
  private static let mostBytesAhead: Int64 = 4 << 20

  /// Takes the next files ahead, unless the first of them is among those that were.
  func takeAhead(_ arrived: ArraySlice<(DropEntry, FeedDesk, FeedKey?)>, at now: UInt64) throws(RunFault) {
    guard let next = arrived.first, !ahead.contains(next.0.name) else { return }
    var claims: [DropClaim] = []
    for (entry, feed, _) in arrived.prefix(Self.mostEndings) {
      guard let claim = try claimAhead(of: entry, feed, at: now) else { break }
      claims.append(claim)
    }
    guard claims.count > 1 else { return }
    let isOurs = try attempt { () throws(DropError) in try drop.takeAhead(claims) }
    for (claim, isOurs) in zip(claims, isOurs) where isOurs { ahead.insert(claim.name) }
    CrashPoint.pass(.taken)
  }

  /// What is claimed of a file that may be taken before its turn: nothing that comes before it decides about it.
  private func claimAhead(
    of entry: DropEntry, _ feed: FeedDesk, at now: UInt64
  ) throws(RunFault) -> DropClaim? {
    guard gathers(feed), !feed.rests, entry.stamp.size <= Self.mostBytesAhead else { return nil }
    let judgement = try attempt { () throws(DropError) in
      try judge.judge(entry, by: feed.settings.completeness, at: now)
    }
    guard case .whole(let companion) = judgement else { return nil }
    return DropClaim(name: entry.name, companions: companion.map { [$0] } ?? [])
  }
}
