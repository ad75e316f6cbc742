import BillIntake
import BillLayouts
import BillLedger
import BillModel
import BillReports
import Drops
import DurableFiles
import FileRuns
import Hashing
import RunConfiguration
import SubmitPass
import Tabular

/// The way of one claimed file: submitted, answered, put away. What the ledger says of it tells where a restart goes on.
struct FileWay {
  let desk: DropDesk
  let feed: FeedDesk?

  init(_ desk: DropDesk, _ feed: FeedDesk?) {
    self.desk = desk
    self.feed = feed
  }

  var drop: any Drop { desk.drop }
  private var ledger: Ledger { desk.ledger }
  var now: WallTime { desk.around.now }

  /// Takes a claimed file as far as it goes; `nil` where somebody took it away, or its rows have ended, and it is left
  /// among the desk's endings.
  ///
  /// - Parameters:
  ///   - known: What the ledger has of it.
  ///   - isArrival: It has just arrived, and its order was asked.
  func go(
    _ claim: DropClaim, _ key: FeedKey?, _ known: DropFile?, isArrival: Bool
  ) throws(RunFault) -> RunOutcome? {
    guard let feed else { return nil }
    guard let stamp = try desk.attempt({ () throws(DropError) in try drop.stamp(of: claim) }) else {
      return known.flatMap { odd(claim, $0) }
    }
    var file: DropFile
    if let known { file = known } else { file = try begin(claim, key, stamp) }
    if feed.awaitsKey(file) { file.sortKey = key?.sortText }
    let isAsBefore = file.byteCount == stamp.size && file.modified == stamp.modified
    if isAsBefore, let verdict = file.verdict, !verdict.isOpen {
      finish(file, claim, .verdict(verdict))
      return nil
    }
    if isAsBefore, file.verdict == .held, desk.around.approval != file.digest?.short, try !isSent(file) {
      try tellOrder(&file, claim, stamp)
      return outcome(file, .verdict(.held))
    }
    (file.byteCount, file.modified) = (stamp.size, stamp.modified)
    if let original = try original(of: claim, stamp, feed) {
      try putDuplicate(&file, claim, original, feed)
      return nil
    }
    if !isArrival, let outcome = try heldForOrder(&file, claim, stamp) { return outcome }
    desk.around.log(RunEvent(.info, "taken: \(stamp.size) bytes", feed: feed.name, file: claim.name))
    let end = try submit(&file, claim, feed)
    switch end {
    case .result(let result) where !result.summary.verdict.isOpen: finish(file, claim, end, read: stamp)
    case .verdict(.duplicate):
      finish(file, claim, end, read: stamp, hasOpenRows: try hasOpenRows(file))
    default: return outcome(file, end)
    }
    return nil
  }

  /// A file in whose place something lies that is none: it waits until the file is back, or that is taken away.
  private func odd(_ claim: DropClaim, _ file: DropFile) -> RunOutcome? {
    guard let words = FileLook.oddWords(at: drop.location(of: claim)) else { return nil }
    var outcome = outcome(file, .verdict(file.verdict == .held ? .held : .stopped))
    (outcome.reason, outcome.approval) = (words, nil)
    return outcome
  }

  /// Whether a file that was held is through meanwhile: somebody let it through by hand.
  private func isSent(_ file: DropFile) throws(RunFault) -> Bool {
    guard let digest = file.digest else { return false }
    return try desk.attempt { () throws(LedgerError) in try ledger.fileRuns(of: digest).last?.isFinished ?? false }
  }

  /// A file that somebody wrote to after it was read: what was added since would be archived unsent.
  func leaveOpen(_ file: inout DropFile) throws(RunFault) -> RunOutcome {
    file.verdict = .stopped
    file.reason =
      "Somebody wrote to the file while it was sent. What was read of it is sent; the next pass reads it as it is then, "
      + "and sends what is new in it."
    try save(file)
    return outcome(file, .verdict(.stopped))
  }

  /// Ends a file that the ledger has and the drop hasn't: it was put away before a crash, or taken away by somebody.
  func end(_ known: DropFile) throws(RunFault) -> RunOutcome? {
    var file = known
    if let target = file.target, let place = file.targetPlace.flatMap({ DropPlace(rawValue: $0) }),
      try desk.attempt({ () throws(DropError) in try drop.holds(target, in: place) })
    {
      try archived(&file)
      return outcome(file, .verdict(file.verdict ?? .complete))
    }
    (file.target, file.targetPlace) = (nil, nil)
    file.endedAt = desk.ledger.time(at: now)
    file.reason = takenAway(file)
    file.verdict = file.verdict ?? .stopped
    try save(file)
    return outcome(file, .verdict(file.verdict == .held ? .held : .stopped))
  }

  /// What it means that a file isn't where it was worked on.
  private func takenAway(_ file: DropFile) -> String {
    let words = "Somebody took the file away from \(drop.location(of: DropClaim(name: file.name)))"
    switch file.verdict {
    case .held:
      return words
        + " while it was held: nothing more of it is sent, and nothing is left to do. Should it be sent after "
        + "all, put it where files arrive again."
    case .stopped, nil:
      return words
        + " while it was worked on. Rows that were not sent wait for it: put it where files arrive again, and "
        + "it goes on."
    default:
      return words + " before it could be put away: its rows are accounted for, but the drop keeps no copy of it."
    }
  }

  // MARK: Submitting

  private func begin(_ claim: DropClaim, _ key: FeedKey?, _ stamp: DropEntry.Stamp) throws(RunFault) -> DropFile {
    try desk.attempt { () throws(LedgerError) in
      try ledger.beginDropFile(
        place: drop.title, feed: feed?.name ?? "", name: claim.name, sortKey: key?.sortText, byteCount: stamp.size,
        modified: stamp.modified, now: now)
    }
  }

  private func submit(_ file: inout DropFile, _ claim: DropClaim, _ feed: FeedDesk) throws(RunFault) -> RunOutcome.End {
    guard let layout = feed.layout(for: claim.name) else {
      file.reason = "No layout of the feed takes a file of this name."
      file.verdict = .held
      try save(file)
      return .verdict(.held)
    }
    do throws(RunFault) {
      let submission = try feed.account.submission(layout, for: feed.settings)
      let result = try run(submission, claim, feed)
      // Where it was told to end before the file was read, what was known of it before stands.
      file.digest = result.summary.digest ?? file.digest
      file.verdict = result.summary.verdict
      file.reason = result.summary.reason
      file.report = result.summary.reportFolder.map(Directory.fromRoot) ?? file.report
      // Mended rows of an earlier file are no day's file, whatever it is called.
      if result.isMended, !feed.isMended(claim.name) { file.sortKey = nil }
      try save(file)
      return .result(result)
    } catch {
      guard error.isOfOneFile else { throw error }
      if case .unreadableNow(let unreadable) = error, unreadable.isOfOtherLayout, unreadable.isFinished {
        // Nothing of it is open under any layout: it would keep the next of its name waiting for nothing.
        (file.digest, file.reason, file.verdict) = (unreadable.digest, unreadable.description, .duplicate)
        try save(file)
        return .verdict(.duplicate)
      }
      try hold(&file, for: error)
      return .fault(error)
    }
  }

  /// Submits a claim's file: one that comes from a server is checked while it comes, but through a filter.
  private func run(
    _ submission: FileSubmission, _ claim: DropClaim, _ feed: FeedDesk
  ) throws(RunFault) -> FileResult {
    if let filter = feed.settings.filter {
      let path = try desk.attempt { () throws(DropError) in try drop.stage(claim) }
      return try submission.run(.filtered(path: path, filter))
    }
    guard let coming = try desk.attempt({ () throws(DropError) in try drop.stream(claim) }) else {
      let path = try desk.attempt { () throws(DropError) in try drop.stage(claim) }
      return try submission.run(.file(path: path))
    }
    let result: FileResult
    do throws(RunFault) { result = try submission.run(.arriving(coming)) } catch {
      // Why no more came says more than that no more came.
      try desk.attempt { () throws(DropError) in try drop.endStream() }
      throw error
    }
    try desk.attempt { () throws(DropError) in try drop.endStream() }
    return result
  }

  /// Notes what holds a file for which a fault asks for approval, and what one waits for that can't be read any more.
  private func hold(_ file: inout DropFile, for fault: RunFault) throws(RunFault) {
    switch fault {
    case .unreadableNow(let unreadable):
      // One that is held is let through by whoever knows why.
      if file.verdict == .held, file.digest == unreadable.digest { return }
      (file.digest, file.reason) = (unreadable.digest, unreadable.description)
      // Nothing of one that is through is to go before the files after it.
      file.verdict = try isSent(file) ? .held : .stopped
      return try save(file)
    case .ledger(.otherLayout(let digest, _, _)): file.digest = digest
    case .ledger(.otherReferences(let change)): file.digest = change.file
    case .ledger(.unordered(let unordered)): file.digest = unordered.file
    default: return
    }
    file.verdict = .held
    if case .ledger(let error) = fault { file.reason = error.description }
    try save(file)
  }

  // MARK: Answering and putting away

  /// Leaves a file whose rows have ended to be answered and put away, with others or at once.
  func finish(
    _ file: DropFile, _ claim: DropClaim, _ end: RunOutcome.End, read stamp: DropEntry.Stamp? = nil,
    hasOpenRows: Bool = false
  ) {
    CrashPoint.pass(.settled)
    desk.endings.append(
      FileEnding(way: self, file: file, claim: claim, end: end, stamp: stamp, hasOpenRows: hasOpenRows))
  }

  /// Sets the state of the file's run through the API, which a rejected file and a duplicate have none of their own of.
  func setState(_ state: FileState, _ file: DropFile) throws(RunFault) {
    guard let digest = file.digest, file.verdict == .complete || file.verdict == .completeWithRejects else { return }
    try desk.attempt { () throws(LedgerError) in
      guard let run = try ledger.fileRuns(of: digest).last else { return }
      try ledger.setState(state, of: run.id, now: now)
    }
  }

  func save(_ file: DropFile) throws(RunFault) {
    desk.meet(file.digest?.short)
    try desk.attempt { () throws(LedgerError) in try ledger.update(file, now: now) }
  }

  func outcome(_ file: DropFile, _ end: RunOutcome.End) -> RunOutcome {
    desk.meet(file.digest?.short)
    let isOpen = file.endedAt == nil
    var outcome = RunOutcome(
      feed: file.feed, file: file.name, end: end, reason: file.reason,
      place: isOpen ? nil : file.target.flatMap { target in file.targetPlace.map { "\($0)/\(target)" } },
      path: isOpen ? drop.location(of: DropClaim(name: file.name)) : nil, number: isOpen ? nil : file.id)
    outcome.approval = isOpen && file.verdict == .held ? file.digest?.short : nil
    outcome.sortKey = file.sortKey
    outcome.report = file.report
    return outcome
  }
}

extension Verdict {
  /// Whether a file with this verdict is still to be worked on.
  fileprivate var isOpen: Bool { self == .stopped || self == .held }
}
