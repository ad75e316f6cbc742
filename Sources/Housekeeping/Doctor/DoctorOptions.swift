package import RunConfiguration

/// What the doctor looks at.
package struct DoctorOptions: Sendable {
  /// What files are sent by; each once.
  package var accounts: [AccountSettings]
  /// The folders that reports are written to; each once.
  package var reports: [String]
  /// The feeds' drops, each once, with the mode of its reports' files.
  package var drops: [DropSettings] = []
  /// What takes files there.
  package var feeds: [FeedSettings] = []
  /// Where temporary files go.
  package var temporaryFolder = "/tmp"
  /// Whether a host key of a server of which nothing is known is taken into the known_hosts file.
  package var trustsOnFirstUse = false
  /// A variable that holds a secret, by its name.
  package var variable: @Sendable (String) -> String? = { _ in nil }
  /// The variables that billdrop goes by.
  package var environment: [String: String] = [:]

  /// What `submit` goes by.
  package init(account: AccountSettings, reports: String) {
    accounts = [account]
    self.reports = [reports]
  }

  /// What `run` goes by.
  package init(_ configuration: Configuration) {
    accounts = []
    reports = []
    feeds = configuration.feeds
    for feed in configuration.feeds {
      if !accounts.contains(feed.account) { accounts.append(feed.account) }
      if !reports.contains(feed.reports) { reports.append(feed.reports) }
      if !drops.contains(feed.drop) { drops.append(feed.drop) }
    }
    guard configuration.feeds.isEmpty else { return }
    accounts = [configuration.account]
    reports = configuration.reports.map { [$0] } ?? []
  }
}
