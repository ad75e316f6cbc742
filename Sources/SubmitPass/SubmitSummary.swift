package import BillModel
package import BillReports

/// How a submission went. What became of each row is in the ledger.
package struct SubmitSummary: Hashable, Sendable {
  package var stop: SubmitStop
  /// Of this run alone.
  package var requests: RequestCounts
  /// Rows that were not sent because the fate of another row is unknown: one that may have created a party of theirs,
  /// or, in another file, their bill.
  package var heldBack: Int
  /// How much the API's clock is ahead of ours, in milliseconds, where that is worth a word.
  package var clockSkew: Int64?
  /// Bills that rows wait for.
  package var unraised = AwaitedBills(areThere: false)
  /// Bills that rows of other files are at.
  package var busy = AwaitedBills(areThere: true)
  /// Rows that wait for another file's change of their parties.
  package var barred = BarredRows()
  /// Why the last row whose fate is unknown was given up.
  package var lastDoubt: String?
  /// Whether other processes go on with the file: its report is theirs.
  package var isLeftToOthers = false
  /// How fast it went; `nil` where nothing was sent.
  package var pace: PaceLog?

  package init(
    stop: SubmitStop, requests: RequestCounts, heldBack: Int, clockSkew: Int64? = nil, pace: PaceLog? = nil
  ) {
    self.pace = pace
    self.stop = stop
    self.requests = requests
    self.heldBack = heldBack
    self.clockSkew = clockSkew
  }

  /// Of a file of which nothing was left to send.
  package static let nothingSent = Self(stop: .finished, requests: RequestCounts(), heldBack: 0)
}
