/// Why a row that was never sent looks for its bill before anything else.
package enum BillLook: Hashable, Sendable {
  /// To foresee what would become of it: where the bill isn't there, its parties are looked for, and then it would be
  /// sent. Whoever asks doesn't send it.
  case foresight
  /// A plan says that the bill is there: where it isn't, the row is left.
  case planned
}
