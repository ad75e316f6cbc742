/// Which part of a trickled answer takes its time.
package enum TrickledPart: Sendable {
  /// Status line and headers; the body follows at once.
  case head
  /// The body; the head comes at once.
  case body
}
