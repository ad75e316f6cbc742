/// What became of a row. Each row of a file ends in exactly one.
package enum RowOutcome: String, CaseIterable, Sendable {
  /// The bill was created by this file.
  case created
  /// The bill was there already, and the same.
  case unchanged
  /// An existing object was changed as the row asks.
  case updated
  /// Our rules say no; nothing was sent.
  case rejected
  /// The API says no.
  case refused
  /// The bill was there already, and different.
  case conflict
  /// Not asked for, by a rule that the layout states.
  case skipped
  /// Sent, and the answer is not known yet.
  case unknown
  /// Valid, but not sent.
  case notSent = "not_sent"
}
