/// A row in the whole ledger.
package struct RowAddress: Hashable, Sendable {
  package var fileRun: FileRunID
  /// Record number in its file, from 1.
  package var record: Int

  package init(fileRun: FileRunID, record: Int) {
    self.fileRun = fileRun
    self.record = record
  }
}
