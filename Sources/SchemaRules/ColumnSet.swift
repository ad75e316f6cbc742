/// A set of columns by their index in the file's list, at most 256: a plain value, rebuilt for every row.
package struct ColumnSet: Hashable, BitwiseCopyable, Sendable {
  /// How many columns there can be.
  package static let capacity = 256

  private var words = SIMD4<UInt64>.zero

  package init() {}

  package var isEmpty: Bool { words == .zero }

  /// How many columns are in it.
  package var count: Int { words.indices.reduce(0) { $0 + words[$1].nonzeroBitCount } }

  /// - Parameter column: 0 to 255.
  package mutating func insert(_ column: Int) { words[column >> 6] |= 1 << UInt64(column & 63) }

  /// Adds all columns of another set.
  @inline(__always)
  package mutating func formUnion(_ other: Self) { words |= other.words }

  /// - Parameter column: 0 to 255.
  package func contains(_ column: Int) -> Bool { words[column >> 6] & 1 << UInt64(column & 63) != 0 }

  package func isDisjoint(with other: Self) -> Bool { words & other.words == .zero }
}
