import BillLedger
import BillModel
import Drops
import DurableFiles
import FileRuns

/// What other ledgers have claimed in a drop. One that is at work is none of ours; of one that is lost, or that another was
/// made in place of, nobody would ever go on with its files.
extension DropDesk {
  /// Says who has claimed files, and how many.
  func tellForeign() {
    for claims in foreign {
      let files = claims.names.count
      around.log(
        RunEvent(
          .warning,
          "\(files) \(files == 1 ? "file is" : "files are") claimed by \(claims.ledger ?? "an unknown ledger") in "
            + "\(drop.title); where that ledger is gone for good, and no other machine has it, --take-over takes them"))
    }
  }

  /// The files whose ledger isn't there any more: they wait for somebody.
  var orphans: [RunOutcome] {
    foreign.filter(isLost).flatMap { claims in
      claims.names.compactMap { name in feed(of: name).map { orphan(name, claims, $0.0) } }
    }
  }

  private func orphan(_ name: String, _ claims: ForeignClaims, _ feed: FeedDesk) -> RunOutcome {
    let path = "\(claims.folder)/\(name)"
    let owner = claims.ledger.map { "the ledger \($0)" } ?? "an unknown ledger"
    let fate =
      claims.ledger == ledger.path
      ? "in whose place there is another one now, or which is another machine's"
      : "which isn't on this machine any more, or is on another"
    return RunOutcome(
      feed: feed.name, file: name, end: .verdict(.held),
      reason:
        "It was claimed by \(owner), \(fate). Unless that one is at work there, nobody goes on with it. It waits in "
        + "\(path). Put that ledger back; or where it is gone for good, and no other machine has it, billdrop run with "
        + "--take-over takes the file: bills of it that are there already are found, and not sent twice.", path: path)
  }

  /// Of a ledger at a server it isn't known, but for our own.
  private func isLost(_ claims: ForeignClaims) -> Bool {
    guard let path = claims.ledger, path != ledger.path else { return true }
    return LedgerURL(path) == nil && !Directory.hasFile(path)
  }
}
