/// What is done about a file that is far from the history of its feed.
package enum GuardMode: String, CaseIterable, Sendable {
  /// It is held until it is approved.
  case hold
  /// Its report tells, and it is sent.
  case tell
  /// Nobody looks, and no later file is compared with it.
  case off
}
