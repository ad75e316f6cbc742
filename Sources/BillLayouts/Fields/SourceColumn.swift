/// A column of a record, by the name that the layout gives it.
package struct SourceColumn: Hashable, Sendable {
  /// Where it stands.
  package enum Place: Hashable, Sendable {
    /// From 1.
    case number(Int)
    /// Under one of these headings.
    case headings([String])
    case fixed(FixedPlace)
  }

  package var name: String
  package var place: Place

  package init(name: String, place: Place) {
    self.name = name
    self.place = place
  }
}
