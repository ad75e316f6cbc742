package import BillIntake
package import BillLedger
package import MomentAPI

/// Why a submission could not go on. What is settled by then is in the ledger, and it can be resumed.
package enum SubmitFault: Error {
  case ledger(LedgerError)
  case intake(IntakeError)
  /// A request that can't be built: a fault of ours.
  case request(RequestError)
}
