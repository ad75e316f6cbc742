package import Tabular

/// What a record's meaning needs of the records before it.
package struct MappingState: Sendable {
  /// The number that the next bill gets.
  package var nextNumber = 1
  /// The values of the header record, by its columns; `nil` before it.
  package var header: [[UInt8]]?
  /// The values of the parent record above, by its columns; `nil` where there is none yet, or a record stands between that
  /// may have been another.
  package var parent: [[UInt8]]?
  /// The values of the trailer record, by its columns; `nil` before it.
  package var trailer: [[UInt8]]?

  /// Where the header record stands; `nil` before it.
  package var headerPlace: TextExtent?
  /// Where the parent record stands that a record needs above it when it is mended: that of a bill, and for a record that
  /// nobody knows the one that held before it; `nil` where there is none.
  package var parentPlace: TextExtent?
  /// Where the trailer record stands; `nil` before it.
  package var trailerPlace: TextExtent?

  /// The state before a file's first record.
  package init() {}
}
