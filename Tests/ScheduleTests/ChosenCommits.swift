import BillLedger
import Transport

@testable import SubmitPass

/// Commits the batches of a run when the schedule says so, on the run's own thread: written at the latest when the run needs
/// the ledger.
final class ChosenCommits: BatchCommitter {
  private let wire: SubmitWire
  /// Told of each batch when it is taken.
  private let taken: (ChosenCommits) -> Void
  private var batch: HandedBatch?
  private var requests: [HTTPRequest] = []
  private var written: BatchOutcome?
  private var told: BatchOutcome?
  private var fault: LedgerError?
  /// The process is dead: nothing is written any more.
  var isDead = false

  init(_ wire: SubmitWire, taken: @escaping (ChosenCommits) -> Void) {
    (self.wire, self.taken) = (wire, taken)
  }

  /// Whether a batch waits for its commit, or its requests to be handed on.
  var isUnderWay: Bool { isUnwritten || written != nil }

  /// Whether nothing of it is in the ledger yet.
  private(set) var isUnwritten = false

  func take(_ batch: consuming HandedBatch, _ requests: [HTTPRequest]) {
    self.batch = consume batch
    self.requests = requests
    isUnwritten = true
    taken(self)
  }

  func isBusy() throws(LedgerError) -> Bool {
    if let fault { throw fault }
    return isUnderWay
  }

  func outcome() throws(LedgerError) -> BatchOutcome? {
    if let fault { throw fault }
    return told.take()
  }

  /// Commits, and hands the requests on.
  func carryOut() {
    waitUntilWritten()
    guard var outcome = written.take() else { return }
    if outcome.refused.isEmpty { wire.submit(requests) } else { outcome.requests = requests }
    requests = []
    told = outcome
  }

  func waitUntilWritten() {
    guard !isDead, let batch = self.batch.take() else { return }
    isUnwritten = false
    do throws(LedgerError) {
      let (refused, emptied) = try batch.write()
      written = BatchOutcome(refused: refused, batch: emptied)
    } catch { fault = error }
  }

  /// What was written before the process died, and not handed on.
  var requestsNotHandedOn: [HTTPRequest] { written == nil ? [] : requests }

  func finish() { carryOut() }
}
