/// Where a row stands in the ledger. A row without a state was never sent.
package enum RowState: Hashable, Sendable {
  /// Sent, or about to be: its fate is unknown until it is settled. `unknown` says that we gave up for now.
  indirect case intended(RowIntent, unknown: Bool)
  case settled(RowSettlement)
  /// Not sent, for certain: no byte of it left, or the key was refused before anything was made. Its next request goes
  /// under `nextEpoch`, in whatever form fits then; `attempts` counts the requests that went before. Claims nothing.
  case unsent(nextEpoch: Int, attempts: Int)
}
