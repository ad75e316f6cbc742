/// A change of a party that a file run has begun, and whose fate isn't known.
package struct OpenChange: Hashable, Sendable {
  package var fileRun: FileRunID
  /// A request may have been sent. Else the party was only to be compared, and nothing of it is on its way.
  package var mayBeSent: Bool
}
