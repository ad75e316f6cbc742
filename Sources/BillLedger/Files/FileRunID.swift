/// The number of a file run in its ledger, from 1.
package struct FileRunID: Hashable, Comparable, Sendable {
  package var value: Int64

  package init(_ value: Int64) { self.value = value }

  package static func < (left: Self, right: Self) -> Bool { left.value < right.value }
}
