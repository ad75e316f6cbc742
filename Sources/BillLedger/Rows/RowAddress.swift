/// A row in the whole ledger.
package struct RowAddress: Hashable, Sendable {
  package var fileRun: FileRunID
  /// Record number in its file, from 1.
  package var record: Int

  package init(fileRun: FileRunID, record: Int) {
    self.fileRun = fileRun
    self.record = record
  }

  /// What tables ask for. Records are numbered by us: nobody can choose them so that they meet, and a hash that is safe from
  /// that takes longer than the search.
  package func _rawHashValue(seed: Int) -> Int {
    (record &* 0x9E37_79B9 ^ Int(truncatingIfNeeded: fileRun.value) &* 0x85EB_CA6B) ^ seed
  }
}
