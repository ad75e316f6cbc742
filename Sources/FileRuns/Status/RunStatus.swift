/// What a process that uses a ledger is doing, as it tells others.
package struct RunStatus: Codable, Hashable, Sendable {
  /// How far the file is.
  package enum Stage: String, Codable, Sendable {
    case checking, sending, reporting
  }

  package var pid: Int32
  /// The file's name.
  package var file: String
  package var stage: Stage
  /// Rows that are through, or, while it is checked, rows read.
  package var done: Int
  /// Rows of the file; `nil` while they are not known.
  package var total: Int?
  /// Rows a second over the last seconds.
  package var perSecond: Double
  /// Requests a second that are allowed; `nil` while nothing is sent.
  package var limit: Double?
  /// Seconds until the next try, where the API asked for a pause.
  package var throttledFor: Int?
  /// Seconds until its next turn, where others share the limit and that is long.
  package var turnIn: Int?
  /// Seconds that are left at this pace; `nil` where nobody can say.
  package var secondsLeft: Double?
  /// Rows settled in this run, by outcome.
  package var outcomes: [String: Int]
  /// When this was told, in milliseconds since 1970.
  package var toldAt: Int64

  /// A status older than this is of a process that stands still, or is gone.
  package static let lifetime: Int64 = 60_000
}
