/// A row as a person may see it: its fields with what is personal masked, and which one of them a finding is about.
package struct RowExcerpt: Hashable, Sendable {
  /// The fields with the delimiters between them, in the row's order: what may be shown, control characters as pictures.
  package let pieces: [String]
  /// Which piece the finding is about; `nil` where it is about the whole row.
  package let marked: Int?

  package init(pieces: [String], marked: Int?) {
    self.pieces = pieces
    self.marked = marked
  }
}
