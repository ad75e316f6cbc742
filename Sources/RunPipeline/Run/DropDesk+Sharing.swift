import BillIntake
import BillLedger
import Drops
import FileRuns
import RunConfiguration
import SubmitPass

/// A drop that several processes work off, over one ledger at a server. Each has a file, or a feed whose files follow each
/// other, at a time; what it knew of a file before it had it may be over.
extension DropDesk {
  /// Does work on a file that no other process does meanwhile; `nil` where one does, and the file is left to it.
  func alone<Value>(
    _ name: String, _ feed: FeedDesk?, _ work: () throws(RunFault) -> Value?
  ) throws(RunFault) -> Value? {
    let piece: Work =
      if let feed, feed.settings.order != nil {
        .feed(place: mark, name: feed.name)
      } else {
        .dropFile(place: mark, name: name)
      }
    do throws(LedgerError) { try ledger.take(piece) } catch {
      guard case .workTaken(_, _, let holder) = error else { throw .ledger(error) }
      leave(name, to: holder)
      return nil
    }
    defer { ledger.giveBack(piece) }
    return try work()
  }

  /// Leaves a file to another process; by the next look it is seen whether that one lives.
  func leave(_ name: String, to holder: String) {
    tellOnce(name, "left to \(holder), which is at it")
    left.insert(name)
    wait(LedgerSharing.secondsUntilProven)
  }

  /// Whether a file that the ledger has, and that wasn't among the claims, is still in that state.
  func isLeftOpen(_ file: DropFile) throws(RunFault) -> Bool {
    guard ledger.isShared else { return true }
    let open = try attempt { () throws(LedgerError) in try ledger.openDropFiles(in: drop.title) }
    guard open.contains(file) else { return false }
    return try !claims().contains { $0.name == file.name }
  }

  /// What was claimed.
  func claims() throws(RunFault) -> [DropClaim] {
    let endings = feeds.flatMap { $0.settings.completeness.companionEndings }
    return try claiming(besides: !endings.isEmpty) { () throws(DropError) in try drop.claims() }
  }

  /// Claims, or looks at claims, while no other process does. `besides`: something lies beside files.
  func claiming<Value>(besides: Bool, _ work: () throws(DropError) -> Value) throws(RunFault) -> Value {
    guard ledger.isShared, besides else { return try attempt(work) }
    return try waiting(for: .claiming(place: mark), work)
  }

  /// By which all processes that share the ledger know the drop.
  func agreedMark() throws(RunFault) -> String {
    guard ledger.isShared else { return drop.title }
    if let known = try attempt({ () throws(DropError) in try drop.mark(makingOne: false) }) { return known }
    let made = try waiting(for: .claiming(place: "")) { () throws(DropError) in try drop.mark(makingOne: true) }
    return made ?? drop.title
  }

  /// Does work that takes milliseconds, and that no other process does meanwhile.
  private func waiting<Value>(
    for piece: Work, _ work: () throws(DropError) -> Value
  ) throws(RunFault) -> Value {
    var looks = 0
    while true {
      do throws(LedgerError) {
        try ledger.take(piece)
        break
      } catch {
        looks += 1
        guard case .workTaken = error, looks < Self.mostLooks else { throw .ledger(error) }
      }
      around.sleep(Self.betweenLooks)
    }
    defer { ledger.giveBack(piece) }
    return try attempt(work)
  }

  /// Claiming takes milliseconds, unless who does it has just died: how often, and after how many seconds, it is tried.
  private static let mostLooks = 200
  private static let betweenLooks = 0.02

  /// What the ledger has of a claim.
  func record(of claim: DropClaim, among open: [DropFile]) throws(RunFault) -> DropFile? {
    let open =
      ledger.isShared
      ? try attempt { () throws(LedgerError) in try ledger.openDropFiles(in: drop.title) } : open
    return open.last { $0.name == claim.name }
  }

  /// Whether a file of a feed with an order is still where it arrived: another process may be through with it, and then it
  /// would count as the one before itself.
  func isStillThere(_ entry: DropEntry, _ feed: FeedDesk) throws(RunFault) -> Bool {
    guard ledger.isShared, feed.settings.order != nil else { return true }
    return try attempt { () throws(DropError) in try drop.list() }.entries.contains(entry)
  }

  // MARK: Helping

  /// Sends rows of large files that other processes have claimed here, and have laid into ranges. What else there is to do
  /// comes first; the files' reports and places stay theirs.
  func help() throws(RunFault) {
    guard ledger.isShared, !left.isEmpty else { return }
    let runs = try attempt { () throws(LedgerError) in try ledger.fileRunsInRanges() }
    guard !runs.isEmpty else { return }
    for claim in try claims() where left.contains(claim.name) && around.interrupts() == 0 {
      guard let feed = feedOnThisMachine(of: claim), !feed.rests,
        let stamp = try attempt({ () throws(DropError) in try drop.stamp(of: claim) }),
        runs.contains(where: { $0.file.byteCount == stamp.size })
      else { continue }
      try help(with: claim, feed)
    }
  }

  private func help(with claim: DropClaim, _ feed: FeedDesk) throws(RunFault) {
    guard let layout = feed.layout(for: claim.name) else { return }
    around.log(RunEvent(.info, "another process sends it; sends rows of it too", feed: feed.name, file: claim.name))
    do throws(RunFault) {
      let path = try attempt { () throws(DropError) in try drop.stage(claim) }
      let stop = try feed.account.submission(layout, for: feed.settings).help(.file(path: path))
      guard let stop, stop != .finished else { return }
      around.log(RunEvent(.warning, stop.reason ?? "stopped", feed: feed.name, file: claim.name))
    } catch {
      // Put away meanwhile, for one.
      guard error.isOfOneFile else { throw error }
      around.log(RunEvent(.warning, "left to others: \(error)", feed: feed.name, file: claim.name))
    }
  }

  /// The feed of a claimed file that can be read where it lies.
  private func feedOnThisMachine(of claim: DropClaim) -> FeedDesk? {
    guard let feed = feed(of: claim.name)?.0, feed.settings.drop.localInbound != nil, feed.settings.filter == nil else {
      return nil
    }
    return feed
  }
}
