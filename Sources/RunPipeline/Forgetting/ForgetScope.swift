/// Where things lie that may be forgotten, and which of them are meant.
package struct ForgetScope: Sendable {
  /// Folders of reports.
  package var reports: [String] = []
  package var ledgers: [String] = []
  package var drops: [DropSettings] = []
  /// Names of files, or the first 12 digits of their digests; empty: all that is old enough.
  package var names: [String] = []
  /// In days; `nil` where files are named.
  package var olderThan: Int?

  package init() {}

  /// Adds what a configuration names; its ledgers only where it names them.
  package mutating func add(_ configuration: Configuration) {
    for feed in configuration.feeds {
      if !reports.contains(feed.reports) { reports.append(feed.reports) }
      if let ledger = feed.account.ledger, !ledgers.contains(ledger) { ledgers.append(ledger) }
      if !drops.contains(feed.drop) { drops.append(feed.drop) }
    }
    if let folder = configuration.reports, !reports.contains(folder) { reports.append(folder) }
    if let ledger = configuration.account.ledger, !ledgers.contains(ledger) { ledgers.append(ledger) }
  }
}
