import BillLayouts
import BillLedger
import BillModel
import Drops
import FileRuns
import Hashing

/// Files whose bytes came before.
extension FileWay {
  /// The file that has the same bytes and was put away; `nil` where there is none, or where these are to be sent under the
  /// feed's layout, which is another one: somebody lets them through, or did, and they were begun.
  func original(of claim: DropClaim, _ stamp: DropEntry.Stamp, _ feed: FeedDesk) throws(RunFault) -> FileRun? {
    let ledger = desk.ledger
    guard try desk.attempt({ () throws(LedgerError) in try ledger.knowsFile(ofSize: stamp.size) }) else { return nil }
    let path = try desk.attempt { () throws(DropError) in try drop.stage(claim) }
    let digest = try digest(ofFile: path)
    try desk.putAway(digest)
    let runs = try desk.attempt { () throws(LedgerError) in try ledger.fileRuns(of: digest) }
    guard let original = runs.last(where: { $0.state == .archived }) else { return nil }
    let layout = feed.layout(for: claim.name)
    if runs.contains(where: { $0.layout.digest == layout?.digest && $0.state != .archived }) { return nil }
    if desk.around.approval == digest.short, try openRows(of: original, layout) != nil { return nil }
    return original
  }

  /// What is open of a file's rows that may be through under the layout that its feed has now; `nil` where nothing is, or
  /// the layout is the same still.
  private func openRows(of original: FileRun, _ layout: Layout?) throws(RunFault) -> DropNeed? {
    guard let layout, original.layout.digest != layout.digest else { return nil }
    return try desk.attempt { () throws(LedgerError) in
      try OpenRows(desk.ledger, now: now).needs.first {
        $0.approval == original.file.digest.short && $0.hasRowsToMend
      }
    }
  }

  func putDuplicate(
    _ file: inout DropFile, _ claim: DropClaim, _ original: FileRun, _ feed: FeedDesk
  ) throws(RunFault) {
    let first = try desk.attempt { () throws(LedgerError) in
      try desk.ledger.archivedDropFile(of: original.file.digest)
    }
    let open = try openRows(of: original, feed.layout(for: claim.name))
    file.digest = original.file.digest
    file.verdict = .duplicate
    file.reason =
      "The same bytes came before, as \(first?.name ?? original.file.name) of \(original.startedAt.rfc3339), and were "
      + "archived; nothing was sent."
      + (open.map { " \($0.reason) \(byNewLayout(original))" } ?? "")
    try save(file)
    finish(file, claim, .verdict(.duplicate), hasOpenRows: open != nil)
  }

  /// Whether somebody has to look at rows of a file's bytes, which came before.
  func hasOpenRows(_ file: DropFile) throws(RunFault) -> Bool {
    try desk.attempt { () throws(LedgerError) in
      try OpenRows(desk.ledger, now: now).needs.contains { $0.approval == file.digest?.short }
    }
  }

  private func byNewLayout(_ original: FileRun) -> String {
    "The layout is another one since: put the file where files arrive once more, and billdrop run --config "
      + "\(desk.around.configurationName) --approve \(original.file.digest.short) sends by it what isn't through."
  }
}
