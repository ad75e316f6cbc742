/// How often a row was sent under its epoch.
package struct AttemptCount: Hashable, Sendable {
  /// Record number of the row in its file, from 1.
  package var record: Int
  /// Attempts begun, from 1; replaces the number held before.
  package var attempts: Int

  package init(record: Int, attempts: Int) {
    self.record = record
    self.attempts = attempts
  }
}
