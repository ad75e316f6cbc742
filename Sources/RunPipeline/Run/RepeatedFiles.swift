import BillLedger
import BillModel
import Drops
import Hashing
import RunConfiguration

/// What the files of a feed are whose bytes had come before: a file of another day under this day's name is none of this
/// day.
struct RepeatedFiles {
  /// The file that had the bytes first.
  struct Original: Sendable {
    var name: String
    /// Its place in the feed's order; `nil` where it has none.
    var sortKey: String?
    /// Whether it came through a drop, for the same feed.
    var isOfFeed: Bool
    var hasRows: Bool
  }

  private let feed: FeedSettings
  private let ledger: Ledger
  private var known: [SHA256Digest: Original] = [:]

  init(_ feed: FeedSettings, in ledger: Ledger) {
    self.feed = feed
    self.ledger = ledger
  }

  /// The file whose bytes another one has; `nil` where it can't be told which that is, or of which day.
  mutating func original(of file: DropFile) throws(LedgerError) -> Original? {
    guard let digest = file.digest else { return nil }
    if let known = known[digest] { return known }
    let original = try find(digest)
    known[digest] = original
    return original
  }

  private func find(_ digest: SHA256Digest) throws(LedgerError) -> Original? {
    guard let run = try ledger.fileRuns(of: digest).last(where: { $0.state == .archived }) else { return nil }
    let hasRows = try ledger.check(of: run.id)?.recordsRead != 0
    if let first = try ledger.archivedDropFile(of: digest), first.feed == feed.name {
      return Original(name: first.name, sortKey: first.sortKey, isOfFeed: true, hasRows: hasRows)
    }
    guard let groups = feed.groups(in: SourceName(run.file.name).plain) else { return nil }
    return Original(
      name: run.file.name, sortKey: FeedKey(groups: groups)?.sortText, isOfFeed: false, hasRows: hasRows)
  }
}
