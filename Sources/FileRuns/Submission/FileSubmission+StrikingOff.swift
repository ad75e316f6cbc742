import BillIntake
package import BillLedger
package import BillModel
import BillSubmission
import Hashing
import SubmitPass

/// A file that is lost, and that has begun changes of customers and accounts.
extension FileSubmission {
  /// Lets go of what it has begun.
  ///
  /// - Parameter digits: The first 12 of its digest.
  package static func strikeOffChanges(
    ofFile digits: String, in ledger: Ledger, now: WallTime
  ) throws(LedgerError) -> StruckChanges? {
    try ledger.strikeOffChanges(ofFile: digits, landing: RetryPolicy().landing, now: now)
  }

  /// The same before another file is sent, which waits for it.
  func strikeOffOther(than check: FileCheck) throws(RunFault) {
    guard let digits = settings.struckOff, digits != check.digest.short, struckChanges == nil else { return }
    struckChanges = try attempt { () throws(LedgerError) in
      try Self.strikeOffChanges(ofFile: digits, in: ledger, now: .now)
    }
  }
}
