/// How a feed stands beside its reports: what needs somebody, and which nights were late or without a file. Files that
/// were submitted by name have one too, of no feed, for each ledger.
///
/// Kept in `feeds.json` in the folder of reports by whoever runs the feeds, so that the page can be made anew by any
/// command. Texts come from the ledger; times are RFC 3339, days YYYY-MM-DD.
package struct FeedStanding: Codable, Hashable, Sendable {
  package struct Need: Codable, Hashable, Sendable {
    /// The verdict that stands for it: `held`, `stopped`, `missing`, `file_rejected` or `complete_with_rejects`.
    package var verdict: String
    package var file: String
    package var reason: String
    /// What is to be done.
    package var next: String
    /// Where the file lies; `nil` where there is none.
    package var path: String?
    package var since: String
    /// The first digits of its digest, where one of its reports says the same; `nil` where its name must do.
    package var digest: String?

    package init(verdict: String, file: String, reason: String, next: String, path: String?, since: String) {
      self.verdict = verdict
      self.file = file
      self.reason = reason
      self.next = next
      self.path = path
      self.since = since
    }
  }

  /// A night whose file didn't come in time.
  package struct Night: Codable, Hashable, Sendable {
    package var date: String
    /// `nil` where it never came.
    package var cameAt: String?

    package init(date: String, cameAt: String?) {
      self.date = date
      self.cameAt = cameAt
    }
  }

  /// Empty for files that were submitted by name.
  package var feed: String
  /// The drop; for files that were submitted by name their ledger.
  package var drop: String
  package var needs: [Need] = []
  /// The oldest first.
  package var nights: [Night] = []
  /// The first digits of the digests of files that were held and taken away: their reports say still that they are held.
  package var takenAway: [String] = []

  package init(feed: String, drop: String) {
    self.feed = feed
    self.drop = drop
  }
}
