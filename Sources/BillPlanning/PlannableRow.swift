package import BillModel

/// A row that asks to be sent: its operation, and where it stands in its file.
package struct PlannableRow: Hashable, Sendable {
  /// Record number in its file, from 1. Rows are served in this order.
  package var record: Int
  package var operation: BillOperation
  /// The epoch that its next request opens, from 1.
  package var epoch: Int
  /// Requests sent for this row in earlier epochs.
  package var priorAttempts: Int
  /// The API was asked, and doesn't have the party that the row is about: it is to be made.
  package var isAbsent = false
  /// A request of it that may still land.
  package var doubt: SendDoubt?
  /// What it weighs while it waits, in bytes; an estimate.
  package var byteCount: Int

  package init(record: Int, operation: BillOperation, epoch: Int = 1, priorAttempts: Int = 0, byteCount: Int) {
    self.record = record
    self.operation = operation
    self.epoch = epoch
    self.priorAttempts = priorAttempts
    self.byteCount = byteCount
  }
}
