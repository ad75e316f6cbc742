import FileRuns

extension SubmitSettings {
  /// Takes what a feed says of its files: whose history they have, and how carefully they are sent.
  package mutating func take(_ feed: FeedSettings) {
    self.feed = feed.name
    take(feed.caution)
    earlierFolders = feed.drop.localArchives
  }

  /// Takes how carefully files are sent.
  package mutating func take(_ caution: CautionSettings) {
    guardMode = caution.guardMode ?? guardMode
    guardBounds = caution.guardBounds
    canary = caution.canary
  }
}
