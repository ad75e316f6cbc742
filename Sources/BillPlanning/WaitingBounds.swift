/// How much may wait for carriers before reading pauses.
package struct WaitingBounds: Hashable, Sendable {
  package var rows: Int
  /// By the rows' own estimates.
  package var bytes: Int

  /// Reading pauses as soon as either bound is reached.
  package init(rows: Int = 20_000, bytes: Int = 24 << 20) {
    self.rows = rows
    self.bytes = bytes
  }
}
