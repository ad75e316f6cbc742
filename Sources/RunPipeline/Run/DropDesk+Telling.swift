import BillLedger
import BillModel
import Drops
import FileRuns

/// What a desk says of names and of faults.
extension DropDesk {
  func tellOdd(_ listing: DropListing) {
    for (name, reason) in listing.odd { tellOnce(name, "never taken: \(reason.rawValue)") }
  }

  func tellOnce(_ name: String, _ text: String) {
    if notes.isNews(name, text) { around.log(RunEvent(.warning, text, file: name)) }
  }

  /// Tells how many names more there are than were told.
  func tellRest(_ listing: DropListing) {
    let names = Set(listing.entries.map(\.name)).union(listing.odd.map(\.name))
    for (reason, count) in notes.endLook({ names.contains($0) }) {
      around.log(RunEvent(.warning, "and \(count) more in \(drop.title): \(reason)"))
    }
  }

  /// Says of a file that can't be claimed, as one of its name was and isn't through, that it waits.
  func tellTaken(_ entry: DropEntry) throws(RunFault) {
    guard try isTaken(entry.name) else { return }
    tellOnce(entry.name, "waits: a file of this name was taken before, and is not through")
  }

  /// Whether a file of this name was taken and is not put away.
  func isTaken(_ name: String) throws(RunFault) -> Bool {
    let claims = ledger.isShared ? try claims() : claimed
    return claims.contains { $0.name == name }
  }

  /// What became of a claim that isn't through, with a word about another file of its name that has come since.
  func tellingNext(_ outcome: RunOutcome) -> RunOutcome {
    let isOpen = [.held, .stopped, nil].contains(outcome.verdict)
    guard outcome.number == nil, isOpen, arrivedNames.contains(outcome.file) else { return outcome }
    var outcome = outcome
    if case .fault = outcome.end {
      outcome.standing = (outcome.standing ?? "") + Self.anotherCame.dropFirst(outcome.standing == nil ? 1 : 0)
      return outcome
    }
    outcome.reason = (outcome.reason ?? "It is not through.") + Self.anotherCame
    outcome.matter = outcome.matter.map { $0 + Self.anotherCame }
    return outcome
  }

  /// What is said of a file where another one of its name has come.
  static let anotherCame =
    " Another file of this name has come since, and waits where it arrived: it is looked at once this one is through, or "
    + "was taken away."

  /// What people are told an outcome as. Of two files of one name that lie in two places each is told once.
  func subject(of outcome: RunOutcome) -> String {
    guard outcome.number == nil, let path = outcome.path, path != drop.location(of: DropClaim(name: outcome.file))
    else {
      return "\(drop.title)/\(outcome.file)"
    }
    return "\(drop.title)/\(outcome.file)\nin \(path)"
  }

  /// The same of a file that waits where it arrived.
  func subject(ofArrived name: String) -> String { "\(drop.title)/\(name)\nin \(drop.location(ofArrived: name))" }

  /// A fault as what became of a file, where it is of that file alone.
  func faultOutcome(_ fault: RunFault, _ claim: DropClaim, _ feed: FeedDesk?) throws(RunFault) -> RunOutcome {
    guard fault.isOfOneFile else { throw fault }
    var outcome = RunOutcome(
      feed: feed?.name ?? "", file: claim.name, end: .fault(fault), path: drop.location(of: claim))
    outcome.standing = try standing(of: claim)
    return outcome
  }

  /// What was done of a claim before the work on it failed, where its rows have ended.
  private func standing(of claim: DropClaim) throws(RunFault) -> String? {
    let open = try attempt { () throws(LedgerError) in try ledger.openDropFiles(in: drop.title) }
    return switch open.last(where: { $0.name == claim.name })?.verdict {
    case .complete, .completeWithRejects, .duplicate:
      "Its rows are done, and none is sent again: it is to be answered and put away, which is tried again."
    case .fileRejected: "It was rejected as a whole: it is to be answered and put away, which is tried again."
    case .held, .stopped, .missing, nil: nil
    }
  }
}
