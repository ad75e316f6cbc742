package import MomentAPI

/// Why a file run's submission ended.
package enum SubmitStop: Hashable, Sendable {
  /// Every row that could be sent was; some may be unknown, or wait for such a one.
  case finished
  /// It was told to.
  case interrupted
  /// The API doesn't accept the key: 401, 403.
  case unauthorised(Problem)
  /// The API gave no useful answer for too long; what it said, or what failed, last.
  case unreachable(String)
  /// The API asks for a longer pause than a run sits out, in milliseconds.
  case pausedTooLong(Int64)
}
