/// What is wrong with a record by its layout.
package struct MappingFault: Sendable {
  /// What is wrong.
  package enum Kind: Sendable {
    case conversion(ConversionFault)
    /// Another number of fields than the heading row has.
    case fieldCount(Int)
    /// A kind that the layout doesn't know.
    case unknownKind
    /// A bill for which no parent record holds.
    case noParent
  }

  /// The record's place in its batch.
  package let record: Int
  /// The target that it is about; `nil` for the record as a whole.
  package let target: Int?
  package let kind: Kind

  /// The target that could not be made: what stands in its place is the file's, and no value of it. `nil` where none is.
  package var unmade: Int? {
    guard case .conversion(let fault) = kind, fault.kind != .rounded else { return nil }
    return target
  }
}
