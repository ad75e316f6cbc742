package import Tabular

/// A row as its text came, to be written again with our reasons.
package struct RawRow: Hashable, Sendable {
  /// The text without its line end, and without the reason columns of an earlier report (`Heading.reasonColumns`).
  package var bytes: [UInt8]
  /// The line end as it came; empty where the input ended without one, or rows have none.
  package var lineEnd: [UInt8]
  /// Where it begins in the text.
  package var start: Int64
  /// The record above it that it takes values from; `nil` where there is none.
  package var parent: TextExtent?

  package init(bytes: [UInt8], lineEnd: [UInt8], start: Int64 = 0, parent: TextExtent? = nil) {
    self.bytes = bytes
    self.lineEnd = lineEnd
    self.start = start
    self.parent = parent
  }
}
