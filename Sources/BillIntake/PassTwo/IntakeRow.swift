package import BillModel

/// A row of pass two.
package enum IntakeRow: Hashable, Sendable {
  /// A row that stands: what it asks for. Its record number and its line, both from 1.
  case operation(record: Int, line: Int, BillOperation)
  /// A row that doesn't.
  case rejected(RejectedRow)

  /// The record number, from 1.
  package var record: Int {
    switch self {
    case .operation(let record, _, _): record
    case .rejected(let row): row.record
    }
  }
}
