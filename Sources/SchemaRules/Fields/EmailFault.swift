/// Why a text is no mail address, by the grammar that `EmailAddress` states.
package enum EmailFault: Hashable, Sendable, CaseIterable {
  /// No `@`.
  case noAt
  /// More than one `@`.
  case severalAts
  /// The part before the `@` is empty, too long, or has dots at an end or in a row.
  case localPart
  /// The part after the `@` is no domain name of at least two labels.
  case domain
  /// A character that an address can't have: white space, a control character, a comma, a letter outside of ASCII, …
  case character
}
