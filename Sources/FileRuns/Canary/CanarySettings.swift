/// How a file's first rows are tried before the others.
package struct CanarySettings: Hashable, Sendable {
  /// How many rows, at least 1.
  package var count: Int
  /// Whether the others wait for an approval, even where all is as it was sent.
  package var waits: Bool

  package init(count: Int, waits: Bool) {
    self.count = count
    self.waits = waits
  }
}
