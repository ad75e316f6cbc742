package import BillModel

/// Moment's reconciliation report of a period.
package struct MomentReport: Sendable {
  /// The period that it covers by its header block; `nil` where that can't be read.
  package var period: ClosedRange<WallTime>?
  package var payments: [ReportedPayment] = []
}
