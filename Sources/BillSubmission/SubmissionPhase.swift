/// Where a row stands between two events.
package enum SubmissionPhase: Hashable, Sendable {
  /// Its turn hasn't come.
  case ready
  /// A POST is under way.
  case posting
  /// A GET is under way.
  indirect case asking(Question)
  /// It waits, and then does this.
  indirect case pausing(Resumption)
  /// Settled, given up, left or taken back.
  case ended

  /// What a pause ends with.
  package enum Resumption: Hashable, Sendable {
    /// The same key and body again.
    case sameKey
    /// A new key: the next epoch.
    case nextEpoch
    /// The same question again.
    case ask(Question)
  }
}
