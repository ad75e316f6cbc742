import BillLedger
import BillModel
import Drops
import FileRuns
import RunConfiguration
import SubmitPass

/// Which feed a file is of, and claims that none of the drop's feeds goes on with: they wait for somebody.
extension DropDesk {
  /// What is to be said of a claim that no feed takes any more; `nil` where nothing is.
  func stray(_ claim: DropClaim, among open: [DropFile]) throws(RunFault) -> RunOutcome? {
    if isBeside(claim.name) { return nil }
    return try alone(claim.name, nil) { () throws(RunFault) -> RunOutcome? in
      let path = drop.location(of: claim)
      let file = try record(of: claim, among: open)
      var outcome = RunOutcome(
        feed: file?.feed ?? "", file: claim.name, end: .verdict(.held),
        reason:
          "It was claimed, and no feed takes a file of this name any more, so that nobody goes on with it. It waits in "
          + "\(path). Let the \"files\" of a feed match its name again, or take it away from there.", path: path)
      (outcome.sortKey, outcome.report) = (file?.sortKey, file?.report)
      return outcome
    }
  }

  /// The feed whose file it is; none for what lies beside another.
  func feed(of name: String) -> (FeedDesk, FeedKey?)? {
    guard let index = settings.taking(name, { takes($0, $1) }), case .own(let key) = feeds[index].match(name) else {
      return nil
    }
    return (feeds[index], key)
  }

  private func takes(_ index: Int, _ name: String) -> Bool {
    if case .own = feeds[index].match(name) { return true }
    return false
  }

  /// Whether it is called as what lies beside a file of a feed: it goes with that one.
  private func isBeside(_ name: String) -> Bool {
    feeds.contains { $0.settings.liesBeside(name) }
  }

  /// What is to be said of a claim that another drop of this run has as its own: both are one folder. `nil` where none has.
  /// What is known of a drop that isn't of this run may be this one's, which had another path or URL then.
  func twin(_ claim: DropClaim, _ feed: FeedDesk) throws(RunFault) -> RunOutcome? {
    if others.isEmpty { return nil }
    let known = try attempt { () throws(LedgerError) in
      try ledger.openDropFiles(named: claim.name, outside: drop.title).filter { others.contains($0.place) }
    }
    guard !known.isEmpty, let stamp = try attempt({ () throws(DropError) in try drop.stamp(of: claim) }),
      let other = known.first(where: { $0.byteCount == stamp.size && $0.modified == stamp.modified })
    else { return nil }
    return RunOutcome(
      feed: feed.name, file: claim.name, end: .verdict(.held),
      reason:
        "The feed \(other.feed) works on it in \(other.place), which is the same folder written in another way. Write the "
        + "drops of both feeds alike.", path: drop.location(of: claim))
  }
}
