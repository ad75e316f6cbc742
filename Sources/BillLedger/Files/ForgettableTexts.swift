package import BillModel

/// Of which files the API's words in a ledger are meant.
package enum ForgettableTexts: Hashable, Sendable {
  /// All that were begun before a time.
  case before(WallTime)
  /// These.
  case of([FileRunID])
}
