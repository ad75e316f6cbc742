/// One thing that is wrong in a configuration.
package struct ConfigurationMistake: Hashable, Sendable {
  /// Line of the file, from 1.
  package var line: Int
  /// A JSON pointer (RFC 6901): `/feeds/nightly/drop/path`; empty for the whole.
  package var pointer: String
  /// A sentence.
  package var message: String
}
