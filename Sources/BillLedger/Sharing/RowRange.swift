/// A range of a file's rows that one process sends, of all that send the file together.
package struct RowRange: Hashable, Sendable {
  /// The record numbers, from 1.
  package var records: ClosedRange<Int>
  /// Whether another process began it: rows of it may be open.
  package var isTakenOver: Bool

  package init(records: ClosedRange<Int>, isTakenOver: Bool) {
    self.records = records
    self.isTakenOver = isTakenOver
  }
}
