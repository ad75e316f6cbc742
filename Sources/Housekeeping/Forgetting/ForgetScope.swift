package import RunConfiguration

/// Where things lie that may be forgotten, and which of them are meant.
package struct ForgetScope: Sendable {
  /// Folders of reports.
  package var reports: [String] = []
  package var ledgers: [String] = []
  package var drops: [DropSettings] = []
  /// What is put behind the names of delivered files that went through a filter.
  var deliveredEndings: Set<String> = []
  /// Feeds whose files are read through a filter: the ledger has the digest of what came out of it.
  var filteredFeeds: Set<String> = []
  /// The files that are meant; none: all that is old enough.
  package var subjects: [ForgetSubject] = []
  /// In days; `nil` where files are named.
  package var olderThan: Int?
  /// Whether copies of files that are named go too, and not only what billdrop wrote of them.
  package var takesCopies = false

  package init() {}

  /// Adds what a configuration names.
  package mutating func add(_ configuration: Configuration, environment: [String: String]) {
    for feed in configuration.feeds {
      if !reports.contains(feed.reports) { reports.append(feed.reports) }
      if !drops.contains(feed.drop) { drops.append(feed.drop) }
      if feed.filter != nil { filteredFeeds.insert(feed.name) }
      if feed.delivery.filter != nil { deliveredEndings.insert(feed.delivery.ending) }
    }
    if let folder = configuration.reports, !reports.contains(folder) { reports.append(folder) }
    for path in configuration.ledgerPaths(environment: environment) where !ledgers.contains(path) {
      ledgers.append(path)
    }
  }

  /// Whether a report's folder is that of a file that is named: `<name>-<12 digits>`.
  func names(report folder: String) -> Bool {
    let (name, digits) = (folder.dropLast(13), folder.suffix(12))
    return subjects.contains { $0.word == digits || $0.byteCount == nil && $0.word == name }
  }

  /// By what ledgers and reports know them.
  var words: [String] { subjects.map(\.word) }
}
