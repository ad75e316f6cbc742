package import BillModel

/// How a submission went. What became of each row is in the ledger.
package struct SubmitSummary: Hashable, Sendable {
  package var stop: SubmitStop
  /// Of this run alone.
  package var requests: RequestCounts
  /// Rows that were not sent because the fate of another row is unknown: one that may have created a party of theirs,
  /// or, in another file, their bill.
  package var heldBack: Int

  package init(stop: SubmitStop, requests: RequestCounts, heldBack: Int) {
    self.stop = stop
    self.requests = requests
    self.heldBack = heldBack
  }
}
