/// An intent taken back: its row is certain not to have had any effect, and claims nothing any more.
package struct RowWithdrawal: Hashable, Sendable {
  /// Record number in its file, from 1.
  package var record: Int
  /// The epoch of the row's next request, from 1: past that of a request which was answered, the same where none left.
  package var nextEpoch: Int
  /// Requests sent for this row so far, GETs not counted.
  package var attempts: Int

  package init(record: Int, nextEpoch: Int, attempts: Int) {
    self.record = record
    self.nextEpoch = nextEpoch
    self.attempts = attempts
  }
}
