package import BillLedger
import BillModel
package import SubmitPass

/// What is known of a file's rows, walked beside the file in record order: by the ledger alone, or by what a plan
/// foresees of them, where the ledger has the rest.
package struct RowStates {
  private var reader: LedgerRowReader
  private let foresight: Foresight?

  package init(_ ledger: Ledger, _ fileRun: FileRunID, foresight: Foresight? = nil) {
    reader = LedgerRowReader(ledger, fileRun)
    self.foresight = foresight
  }

  /// What is known of a record; ask in rising order of records.
  mutating func state(of record: Int) throws(LedgerError) -> RowState? {
    guard let foresight, let outcome = foresight.rows[record]?.outcome, outcome != .rejected else {
      return try reader.state(of: record)
    }
    let reason = foresight.reason(of: record)
    return .settled(
      RowSettlement(
        record: record, reference: "", outcome: outcome, code: reason.code, field: reason.field,
        message: reason.message, epoch: 1, attempts: foresight.requests(of: record), confirmedBy: .lookup))
  }

  /// Requests that a record would take; `nil` where nothing is foreseen.
  func requests(of record: Int) -> Int? { foresight?.requests(of: record) }

  /// What says what becomes of a record; `nil` where nothing is foreseen.
  func basis(of record: Int) -> Foresight.Basis? {
    guard let foresight else { return nil }
    switch foresight.rows[record] {
    case .rejected: return .rules
    case nil: return nil
    default: return foresight.basis(of: record)
    }
  }
}
