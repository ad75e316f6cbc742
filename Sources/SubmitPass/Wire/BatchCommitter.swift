import BillLedger
import Transport

/// Commits what a run hands over while the run goes on, one batch at a time, and only then hands the client the requests
/// that wait for it (rule 3).
protocol BatchCommitter: AnyObject {
  /// Takes a batch, and the requests that wait for it. Not while it has one.
  func take(_ batch: consuming HandedBatch, _ requests: [HTTPRequest])

  /// Whether a batch is on its way to the disk. Throws what the ledger or the disk said to one: nothing of it was handed on.
  func isBusy() throws(LedgerError) -> Bool

  /// What became of the batch that was taken last, told once; `nil` while it is under way. Throws as `isBusy`.
  func outcome() throws(LedgerError) -> BatchOutcome?

  /// Returns when the batch is written, or has failed; the disk may still have it.
  func waitUntilWritten()

  /// Ends, once what it has is through. Called in the end, whatever the end is.
  func finish()
}

/// What became of a batch: all of it is durable but what was refused.
struct BatchOutcome {
  var refused: [RefusedClaim]
  /// The batch, emptied, for the next one.
  var batch: LedgerBatch
  /// Where claims were refused, all that waited for the batch: their requests among them must not be sent. Else the client
  /// has it.
  var requests: [HTTPRequest] = []
}
