package import BillModel
package import Hashing

/// Why files stopped, or are held, that were submitted by name: as the last run of each said. What came through a drop has
/// its reason with what the drop's file is.
extension Ledger {
  /// Keeps why a file isn't through, in place of what was kept for one of its name and feed.
  ///
  /// - Parameter need: Of no drop, with the first digits of the file's digest as its approval.
  package func keepStop(_ need: DropNeed) throws(LedgerError) {
    try database.transaction { () throws(LedgerError) in try insert(need) }
  }

  /// Forgets why a file of these bytes wasn't through.
  package func removeStop(of digest: SHA256Digest) throws(LedgerError) {
    guard let stop = try keptStop(of: digest) else { return }
    try remove(stop)
  }

  /// Why a file of these bytes isn't through, as its last run said; `nil` where none did.
  package func lastStop(of digest: SHA256Digest) throws(LedgerError) -> String? {
    if let file = try latestDropFile(of: digest) {
      return file.verdict == .stopped || file.verdict == .held ? file.reason : nil
    }
    return try keptStop(of: digest)?.reason
  }

  private func keptStop(of digest: SHA256Digest) throws(LedgerError) -> DropNeed? {
    try needs(ofDrop: "").first { $0.isKeptStop && $0.approval == digest.short }
  }

  /// The file runs since a time that aren't through, the latest first, so many at most: those that stopped or are held, and
  /// those whose run ended before it could say so, or is at work.
  package func openFileRuns(since time: WallTime, limit: Int) throws(LedgerError) -> [FileRun] {
    try fileRuns(
      "(verdict IS NULL OR verdict IN ('stopped', 'held')) AND started_at > ?1 ORDER BY id DESC LIMIT ?2"
    ) {
      $0.bind(1, time.milliseconds)
      $0.bind(2, limit)
    }
  }

  /// Whether a file run is of a file that came through a drop: the drop knows what is to be done about it.
  package func isOfDrop(_ run: FileRun) throws(LedgerError) -> Bool {
    if try latestDropFile(of: run.file.digest) != nil { return true }
    // One that wasn't read to its end has no digest there.
    return try dropFiles(known: run.file.name).contains { file in
      file.name == run.file.name && file.feed == run.feed && file.claimedAt <= run.startedAt
        && file.endedAt.map { $0 >= run.startedAt } ?? true
    }
  }
}

extension DropNeed {
  /// Whether it keeps why a file isn't through that was submitted by name.
  package var isKeptStop: Bool { place.isEmpty && (kind == .stopped || kind == .held) }
}
