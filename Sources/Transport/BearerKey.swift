/// A secret that goes out in `Authorization` and nowhere else: it doesn't print, describe or dump itself.
package struct BearerKey: Equatable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable
{
  /// The secret itself. For the header field only.
  let secret: String

  /// `nil` where the text can't stand in a header field: empty, or other than visible ASCII.
  package init?(_ secret: String) {
    guard !secret.isEmpty, secret.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
    self.secret = secret
  }

  package var description: String { "(hidden)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }
}
