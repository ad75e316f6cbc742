/// A set of columns by their index in the file's list, at most 256: a plain value, rebuilt for every row.
package struct ColumnSet: Hashable, BitwiseCopyable, Sendable {
  /// How many columns there can be.
  package static let capacity = 256

  private var words = SIMD4<UInt64>.zero

  package init() {}

  /// The columns whose bits are set: bit 0 of the first word stands for column 0.
  package init(words: SIMD4<UInt64>) { self.words = words }

  package var isEmpty: Bool { words == .zero }

  /// How many columns are in it.
  package var count: Int { words.indices.reduce(0) { $0 + words[$1].nonzeroBitCount } }

  /// - Parameter column: 0 to 255.
  package mutating func insert(_ column: Int) { words[column >> 6] |= 1 << UInt64(column & 63) }

  /// - Parameter column: 0 to 255.
  package func contains(_ column: Int) -> Bool { words[column >> 6] & 1 << UInt64(column & 63) != 0 }

  package func isDisjoint(with other: Self) -> Bool { words & other.words == .zero }
}
