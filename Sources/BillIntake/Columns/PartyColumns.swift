import BillLayouts

/// The columns that describe one party.
struct PartyColumns: Sendable {
  /// A column that holds one of a party's attributes.
  struct Attribute: Sendable {
    let column: Int
    /// The attribute's name within the party, the same wherever the party stands: `email`, `metadata.region`.
    let name: String
  }

  /// The column of its reference.
  let reference: Int
  /// Its attributes, by name in the order of their bytes: two rows of one file compare attribute by attribute.
  let attributes: [Attribute]

  /// The party's columns, or `nil` where there is none for its reference.
  init?(_ owner: FieldPath.Owner, in columns: [ColumnPlan]) {
    var reference: Int?
    var attributes: [Attribute] = []
    for (index, column) in columns.enumerated() {
      guard let path = column.path, path.owner == owner else { continue }
      switch path.attribute {
      case .reference: reference = index
      case .id: continue
      default: attributes.append(Attribute(column: index, name: path.relativeName))
      }
    }
    guard let reference else { return nil }
    self.reference = reference
    self.attributes = attributes.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }
}
