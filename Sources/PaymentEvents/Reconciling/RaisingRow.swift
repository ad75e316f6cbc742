package import BillModel

/// The row that raised or changed something: where an amount is traced back to.
package struct RaisingRow: Hashable, Sendable {
  /// The file's name.
  package var file: String
  /// Its digest's first 12 digits.
  package var digest: String
  /// Record number, from 1.
  package var record: Int
  /// When the file's run began.
  package var startedAt: WallTime

  package init(file: String, digest: String, record: Int, startedAt: WallTime) {
    self.file = file
    self.digest = digest
    self.record = record
    self.startedAt = startedAt
  }
}
