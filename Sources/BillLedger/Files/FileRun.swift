package import BillModel

/// One file on its way under one layout, as the ledger holds it.
package struct FileRun: Hashable, Sendable {
  package var id: FileRunID
  package var file: FileIdentity
  package var layout: LayoutIdentity
  /// The feed that it came in: a drop's, else the layout's name.
  package var feed: String
  /// What its rows ask for.
  package var operation: OperationKind
  /// The first 12 digits of its digest where somebody approved it; `nil` where nobody had to.
  package var approval: String?
  package var state: FileState
  /// `nil` until one was set.
  package var verdict: Verdict?
  package var startedAt: WallTime
  /// When sending was last completed; `nil` while rows are left to send.
  package var sendingCompletedAt: WallTime?
  /// Requests so far, over all restarts.
  package var requests: RequestCounts
  package var rows: RowCounts
  /// Whether it has begun changes of parties whose fate isn't known.
  package var hasOpenChanges = false

  /// Nothing of it was let through to be sent yet.
  package var isFresh: Bool { state == .claimed || state == .staged }

  /// It was held and waits for an approval; nothing more of it is sent before.
  package var isHeld: Bool { verdict == .held }

  /// Every row that is to be sent is settled, and every change of a party: nothing of this file is sent again, but for
  /// `--retry refused`.
  package var isFinished: Bool {
    sendingCompletedAt != nil && rows.unresolved == 0 && rows.unsent == 0 && !hasOpenChanges
  }
}

extension FileRun {
  /// A run that is not begun: the ledger doesn't have it, and no row of it.
  package init(unbegun file: FileIdentity, layout: LayoutIdentity, now: WallTime) {
    self.init(
      id: FileRunID(0), file: file, layout: layout, feed: layout.name, operation: .bill, approval: nil, state: .claimed,
      verdict: nil, startedAt: now, sendingCompletedAt: nil, requests: RequestCounts(), rows: RowCounts())
  }
}
