/// Who sends rows of a file that several processes send together.
package struct RangeHolder: Hashable, Sendable {
  /// By which people know it: `billdrop 4711@host`.
  package var name: String
  /// How many ranges it has now.
  package var ranges: Int
}
