package import BillIntake
package import BillLedger
package import BillModel
import BillReports

extension Receipt {
  /// The receipt of a file run; `nil` where it isn't finished.
  ///
  /// - Parameter pass: One that has walked the file.
  package init?(_ fileRun: FileRun, _ check: FileCheck, _ pass: borrowing ReportPass, _ environment: EnvironmentStamp) {
    guard fileRun.isFinished, pass.change == nil, let completedAt = fileRun.sendingCompletedAt else { return nil }
    self.init(
      fileName: fileRun.file.name, byteCount: check.byteCount, digest: check.digest,
      layoutName: fileRun.layout.name, layoutDigest: fileRun.layout.digest, duplicates: fileRun.layout.duplicates,
      feed: fileRun.feed, environment: environment, recordsValid: check.valid, accounting: pass.accounting,
      startedAt: fileRun.startedAt, completedAt: completedAt, rows: pass.rowsDigest)
  }
}
