import BillIntake
import BillModel

/// A row on the terminal, with carets under the field that a finding is about.
struct ExcerptText {
  let row: RowExcerpt
  let line: Int
  /// The width of the greatest line number beside it.
  let digits: Int
  let screen: Screen

  /// One line, or two where a field is marked.
  var lines: [String] {
    let number = String(repeating: " ", count: max(0, digits - String(line).count)) + String(line)
    let blank = String(repeating: " ", count: digits)
    let (text, caret) = window(room: max(8, screen.columns - digits - 7))
    let first = "    \(number) │ \(text)"
    guard let caret else { return [first] }
    let marks =
      String(repeating: " ", count: caret.lowerBound)
      + screen.paint(
        String(repeating: "^", count: caret.count), "31")
    return [first, "    \(blank) │ \(marks)"]
  }

  /// The row's characters, cut to so many columns around what is marked, and the columns of the marks.
  private func window(room: Int) -> (String, Range<Int>?) {
    let cells = row.pieces.flatMap { $0.map { (character: $0, width: TextWidth.of($0)) } }
    let total = cells.reduce(0) { $0 + $1.width }
    let marked = markedColumns
    guard total > room else { return (row.pieces.joined(), marked) }
    // What is marked in the middle, and no farther to the right than needed.
    let middle = marked.map { min($0.lowerBound + $0.count / 2, $0.lowerBound + room / 3) } ?? 0
    let start = max(0, min(middle - room / 2, total - room))
    var text = ""
    var column = 0
    var width = 0
    var origin: Int?
    for cell in cells {
      defer { column += cell.width }
      guard column >= start, width + cell.width <= room else { continue }
      origin = origin ?? column
      text.append(cell.character)
      width += cell.width
    }
    let first = origin ?? 0
    let isCutBefore = first > 0
    let isCutAfter = first + width < total
    if isCutBefore { text = Self.replacingFirst(text) }
    if isCutAfter { text = String(Self.replacingFirst(String(text.reversed())).reversed()) }
    guard let marked else { return (text, nil) }
    let from = min(max(marked.lowerBound - first, 0), room - 1)
    return (text, from..<max(from + 1, min(marked.upperBound - first, width)))
  }

  /// The text with `…` for its first character, in as many columns.
  private static func replacingFirst(_ text: String) -> String {
    guard let first = text.first else { return text }
    return "…" + String(repeating: " ", count: max(0, TextWidth.of(first) - 1)) + text.dropFirst()
  }

  /// The columns of what is marked, in the whole row; an empty field has one.
  private var markedColumns: Range<Int>? {
    guard let marked = row.marked, marked < row.pieces.count else { return nil }
    let start = row.pieces[..<marked].reduce(0) { $0 + TextWidth.of($1) }
    return start..<start + max(1, TextWidth.of(row.pieces[marked]))
  }
}
