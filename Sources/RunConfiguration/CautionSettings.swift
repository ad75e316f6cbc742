package import FileRuns

/// How carefully files are sent.
package struct CautionSettings: Hashable, Sendable {
  /// What is done about a file that is far from the history of its feed; `nil`: hold it where it comes through a feed
  /// of a configuration, only tell of it where it is submitted by name alone.
  package var guardMode: GuardMode?
  package var guardBounds = GuardBounds()
  /// `nil`: all rows of a file go as they come.
  package var canary: CanarySettings?

  package init() {}
}
