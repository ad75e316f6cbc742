package import BillModel

/// One file on its way under one layout, as the ledger holds it.
package struct FileRun: Hashable, Sendable {
  package var id: FileRunID
  package var file: FileIdentity
  package var layout: LayoutIdentity
  package var state: FileState
  /// `nil` until one was set.
  package var verdict: Verdict?
  package var startedAt: WallTime
  /// When sending was last completed; `nil` while rows are left to send.
  package var sendingCompletedAt: WallTime?
  /// Requests so far, over all restarts.
  package var requests: RequestCounts
  package var rows: RowCounts

  /// A run that is not begun: the ledger doesn't have it, and no row of it.
  package init(unbegun file: FileIdentity, layout: LayoutIdentity, now: WallTime) {
    self.init(
      id: FileRunID(0), file: file, layout: layout, state: .claimed, verdict: nil, startedAt: now,
      sendingCompletedAt: nil, requests: RequestCounts(), rows: RowCounts())
  }

  init(
    id: FileRunID, file: FileIdentity, layout: LayoutIdentity, state: FileState, verdict: Verdict?, startedAt: WallTime,
    sendingCompletedAt: WallTime?, requests: RequestCounts, rows: RowCounts
  ) {
    self.id = id
    self.file = file
    self.layout = layout
    self.state = state
    self.verdict = verdict
    self.startedAt = startedAt
    self.sendingCompletedAt = sendingCompletedAt
    self.requests = requests
    self.rows = rows
  }

  /// Every row that is to be sent is settled: nothing of this file is sent again, but for `--retry refused`.
  package var isFinished: Bool { sendingCompletedAt != nil && rows.unresolved == 0 && rows.unsent == 0 }
}
