package import BillModel

/// Something about files that needs somebody.
package struct DropNeed: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    /// A file waits to be let through.
    case held
    /// A file that was held where it arrived is not there any more, and none has come in its place.
    case gone
    /// A file was begun and is not through.
    case stopped
    /// The work on a file failed, or the drop can't be used.
    case fault
    /// A file was rejected as a whole, and no usable one has come for it.
    case rejected
    /// An expected file has not come.
    case missing
    /// A file is through but for rows that were rejected, refused or in conflict, and nothing has come for them.
    case rows
    /// What lies where files arrive, and nobody takes. It may be meant: it is told with the drop, and is nobody's matter.
    case untaken
  }

  /// The drop, as the configuration names it; empty for a file that was submitted by name.
  package var place: String
  package var feed: String
  /// The file's name; of a missing one, which it is; of the drop itself, the drop.
  package var name: String
  package var kind: Kind
  /// A sentence or two.
  package var reason: String
  /// Where the file lies: whole, of this machine or as a URL; `nil` where there is none.
  package var path: String?
  /// The first 12 digits of its digest, where an approval lets it through, or says that nothing is left to do.
  package var approval: String?
  /// The same digits of a file that was submitted by name and isn't through, whatever is to be done about it; not kept.
  package var digest: String?
  /// Its date or sequence, in a form that orders like them.
  package var sortKey: String?
  /// The folder of its report on this machine.
  package var report: String?
  /// Whether there was a report, and it is not there any more.
  package var isReportGone = false
  /// How many of its rows are in conflict, how many refused, and whether any are to be mended; not kept.
  package var (conflicts, refused, hasRowsToMend) = (0, 0, false)
  /// Whether its run ended before it could say why; not kept.
  package var isUntold = false
  /// Since when this is known.
  package var since: WallTime

  package init(place: String, feed: String, name: String, kind: Kind, reason: String, since: WallTime) {
    self.place = place
    self.feed = feed
    self.name = name
    self.kind = kind
    self.reason = reason
    self.since = since
  }
}
