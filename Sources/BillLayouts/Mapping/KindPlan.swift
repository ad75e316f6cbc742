/// Which kind a record is, and where the columns of each kind stand in it.
package struct KindPlan: Sendable {
  /// What a record is. One that is no bill comes before, among or after the bills.
  package enum Kind: String, BitwiseCopyable, Sendable { case detail, header, parent, trailer, ignored, unknown }

  /// A column of a kind.
  struct Column: Sendable {
    let name: String
    /// Its place among the record's fields, from 0.
    let field: Int
    let place: FixedPlace?
  }

  /// Where the kind stands.
  let column: Column
  let kinds: [(value: [UInt8], kind: Kind)]
  let header: [Column]
  let parent: [Column]
  let trailer: [Column]
  let hasHeader: Bool
  let hasParent: Bool
  let hasTrailer: Bool

  func kind(of value: UnsafeBufferPointer<UInt8>) -> Kind {
    for (known, kind) in kinds where known.count == value.count && known.elementsEqual(value) { return kind }
    return .unknown
  }
}
