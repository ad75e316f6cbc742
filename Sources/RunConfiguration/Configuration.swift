/// What `billdrop.json` says. Paths are whole: those in the file count from its folder.
package struct Configuration: Sendable {
  /// What stands at the top, for commands that are given files.
  package var account = AccountSettings()
  /// The folder of reports at the top; `nil` where it says none.
  package var reports: String?
  /// How carefully files are sent that belong to no feed.
  package var caution = CautionSettings()
  package var feeds: [FeedSettings] = []
  /// Seconds between two looks.
  package var poll = 30.0
  package var notices = NoticeSettings()
  /// Where the figures for Prometheus are written.
  package var metrics: String?

  /// A file with the secrets that Moment signs webhooks with; `nil`: the environment's.
  package var webhookSecretFile: String?

  package init() {}
}
