import BillIntake
import BillLedger
import BillModel
import Drops
import FileRuns
import Hashing
import RunConfiguration
import Tabular

/// The order of a file that was taken: what was sent since of a later one, or of another one of its day, it would overwrite.
extension FileWay {
  /// Where a file stands after what was sent since.
  private struct Disorder {
    var words: String
    /// The key of the file after which it would go.
    var last: String
    var digest: SHA256Digest
  }

  /// Holds a file that has come out of order since it was taken, until somebody who knows that lets it through; `nil` where
  /// it may go on.
  func heldForOrder(
    _ file: inout DropFile, _ claim: DropClaim, _ stamp: DropEntry.Stamp
  ) throws(RunFault) -> RunOutcome? {
    guard let disorder = try disorder(file, claim, stamp) else { return nil }
    let (digits, isApproved) = (disorder.digest.short, desk.around.approval == disorder.digest.short)
    let wasAsked = try desk.attempt { () throws(LedgerError) in try desk.ledger.isOrderAsked(of: digits) }
    if isApproved, wasAsked {
      try desk.attempt { () throws(LedgerError) in
        try desk.ledger.noteOrderApproved(of: digits, after: disorder.last, now: now)
      }
      return nil
    }
    if isApproved {
      desk.around.log(
        RunEvent(
          .warning, "--approve \(digits) was given before anybody was told that it is out of order: it is still held",
          feed: file.feed, file: file.name))
    }
    file.digest = disorder.digest
    file.verdict = .held
    file.reason =
      disorder.words
      + ". If it is right all the same, the same command with --approve \(digits) sends it."
    try ask(&file, digits)
    return outcome(file, .verdict(.held))
  }

  /// Tells of a file that is held for something else that it has come out of order since, so that who lets it through knows.
  /// Whether that is news.
  @discardableResult
  func tellOrder(_ file: inout DropFile, _ claim: DropClaim, _ stamp: DropEntry.Stamp) throws(RunFault) -> Bool {
    guard let digits = file.digest?.short,
      try desk.attempt({ () throws(LedgerError) in try !desk.ledger.isOrderAsked(of: digits) }),
      let disorder = try disorder(file, claim, stamp)
    else { return false }
    file.reason = disorder.words + "." + (file.reason.map { " \($0)" } ?? "")
    try ask(&file, digits)
    return true
  }

  /// The same of one that this look has passed already: `nil` where it is as it was.
  func overtaken(_ known: DropFile, _ claim: DropClaim) throws(RunFault) -> RunOutcome? {
    guard let stamp = try desk.attempt({ () throws(DropError) in try drop.stamp(of: claim) }),
      known.byteCount == stamp.size, known.modified == stamp.modified
    else { return nil }
    var file = known
    return try tellOrder(&file, claim, stamp) ? outcome(file, .verdict(.held)) : nil
  }

  private func ask(_ file: inout DropFile, _ digits: String) throws(RunFault) {
    try desk.attempt { () throws(LedgerError) in try desk.ledger.noteOrderAsked(of: digits, now: now) }
    try save(file)
  }

  /// What is wrong with the order of a file that is to be sent now; `nil` where nothing is, where its feed doesn't mind, or
  /// where somebody has let it through.
  private func disorder(
    _ file: DropFile, _ claim: DropClaim, _ stamp: DropEntry.Stamp
  ) throws(RunFault) -> Disorder? {
    guard let feed, let order = feed.settings.order, !feed.isMended(claim.name),
      let key = file.sortKey.flatMap({ FeedKey(sortText: $0) }),
      let last = try desk.lastBegun(feed, key, besides: file.id), let lastKey = last.sortKey
    else { return nil }
    let place = order.place(of: key, after: FeedKey(sortText: lastKey))
    guard place.isBehind else { return nil }
    let words = desk.words(place, last)
    guard order.policy(for: place) == .hold else {
      desk.tellOnce(claim.name, words)
      return nil
    }
    let path = try desk.attempt { () throws(DropError) in try drop.stage(claim) }
    if try feed.isMended(inFile: path, named: claim.name, stamp) { return nil }
    let digest = try digest(ofFile: path)
    let isThrough = try desk.attempt { () throws(LedgerError) in
      if try desk.ledger.fileRuns(of: digest).last?.isFinished ?? false { return true }
      return try desk.ledger.isOrderApproved(of: digest.short, after: lastKey)
    }
    return isThrough ? nil : Disorder(words: words, last: lastKey, digest: digest)
  }

  /// The digest of the file at a path; what is wrong with it is told as where it is read to be sent.
  func digest(ofFile path: String) throws(RunFault) -> SHA256Digest {
    do throws(DropError) { return try FileDigests.sha256(ofFile: path, isCancelled: desk.isCancelled) } catch {
      throw RunFault.drop(error).ofAFile
    }
  }
}

extension RunFault {
  /// The same of a file that can't be read, wherever that came up.
  var ofAFile: RunFault {
    switch self {
    case .drop(.input(.cancelled)): self
    case .drop(.input(let error)): .intake(.input(error))
    default: self
    }
  }
}
