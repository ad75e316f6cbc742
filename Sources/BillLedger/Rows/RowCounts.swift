package import BillModel

/// How many rows of a file run stand where. Rows that were never sent are in none of these.
package struct RowCounts: Hashable, Sendable {
  /// Sent or about to be, not settled and not given up.
  package var intended: Int
  /// Sent, and given up for now.
  package var unknown: Int
  /// Taken back: not sent for certain, and to be sent yet.
  package var unsent: Int
  /// Settled rows by outcome; no entry where there are none.
  package var settled: [RowOutcome: Int]

  package init(intended: Int = 0, unknown: Int = 0, unsent: Int = 0, settled: [RowOutcome: Int] = [:]) {
    self.intended = intended
    self.unknown = unknown
    self.unsent = unsent
    self.settled = settled
  }

  /// Rows whose fate isn't known.
  package var unresolved: Int { intended + unknown }
}
