package import BillModel

/// The findings of one code, as a page tells them.
package struct PageFinding: Sendable {
  /// A row that has it.
  package struct Row: Sendable {
    /// Physical line, from 1; 0 where there is none.
    package var line: Int
    package var message: String
    package var hint: String
    /// The row, masked, in pieces; none where it can't be shown.
    package var pieces: [String]
    /// Which piece it is about.
    package var marked: Int?

    package init(line: Int, message: String, hint: String, pieces: [String], marked: Int?) {
      self.line = line
      self.message = message
      self.hint = hint
      self.pieces = pieces
      self.marked = marked
    }
  }

  package var count: FindingCount
  package var rows: [Row]
  /// What makes all of them right at once: a sentence, and the line of a layout that does it.
  package var mends: [(message: String, line: String)]

  package init(count: FindingCount, rows: [Row], mends: [(message: String, line: String)] = []) {
    self.count = count
    self.rows = rows
    self.mends = mends
  }
}
