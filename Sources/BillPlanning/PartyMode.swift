/// How parties that nobody knows yet are come by.
package enum PartyMode: String, CaseIterable, Sendable {
  /// Whichever the file's experience so far makes cheaper; see `PartyExperience`.
  case auto
  /// Nested in the first bill that needs them: one request where they don't exist.
  case new
  /// Looked up before the first bill that needs them.
  case existing
}
