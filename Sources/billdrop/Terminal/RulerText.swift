/// A fixed-width record under a ruler, with a bracket under the places of each column.
struct RulerText {
  /// A column's places, from 0, and its name.
  struct Mark {
    let name: String
    let places: Range<Int>
  }

  /// One character for each place of the record.
  let units: [String]
  let marks: [Mark]
  let screen: Screen

  private static let margin = "  "

  /// In pieces as wide as the screen, each with its ruler; what is blank at the end and no column's is left out.
  var lines: [String] {
    let end = max(units.lastIndex { $0 != " " }.map { $0 + 1 } ?? 0, marks.map(\.places.upperBound).max() ?? 0)
    let width = max(20, (screen.columns - Self.margin.count - 1) / 10 * 10)
    let rows = brackets(end)
    var lines: [String] = []
    for start in stride(from: 0, to: max(1, end), by: width) {
      let piece = start..<min(end, start + width)
      if piece.isEmpty { break }
      if start > 0 { lines.append("") }
      lines.append(Self.margin + screen.paint(Self.ruler(piece), "2"))
      lines.append(Self.margin + piece.map { $0 < units.count ? cell(units[$0]) : " " }.joined())
      for row in rows {
        let text = String(row[piece]).reversed().drop { $0 == " " }.reversed()
        if !text.isEmpty { lines.append(Self.margin + screen.paint(String(text), "36")) }
      }
    }
    return lines
  }

  /// `----+----1----+----2`, the figures for tens, as editors of such files show it.
  static func ruler(_ places: Range<Int>) -> String {
    var text = ""
    for place in places.map({ $0 + 1 }) {
      let tens = String(place / 10)
      if place % 10 == 0 {
        text = String(text.dropLast(max(0, min(tens.count - 1, text.count)))) + tens
      } else {
        text += place % 5 == 0 ? "+" : "-"
      }
    }
    return text
  }

  /// A place takes one column of the screen, or nothing would stand under its bracket.
  private func cell(_ unit: String) -> String { TextWidth.of(unit) == 1 ? unit : "·" }

  /// Brackets in as few rows as the columns allow, which may overlap.
  private func brackets(_ end: Int) -> [[Character]] {
    var rows: [(text: [Character], end: Int)] = []
    for mark in marks.sorted(by: { ($0.places.lowerBound, -$0.places.count) < ($1.places.lowerBound, -$1.places.count) }
    ) {
      let row = rows.firstIndex { $0.end <= mark.places.lowerBound } ?? rows.count
      if row == rows.count { rows.append((Array(repeating: " ", count: end), 0)) }
      rows[row].text.replaceSubrange(mark.places, with: Self.bracket(mark))
      rows[row].end = mark.places.upperBound
    }
    return rows.map(\.text)
  }

  private static func bracket(_ mark: Mark) -> [Character] {
    let count = mark.places.count
    guard count > 1 else { return ["╵"] }
    let name = Array(mark.name.prefix(count - 2)).map { TextWidth.of($0) == 1 ? $0 : "·" }
    return ["└"] + name + Array(repeating: "─", count: count - 2 - name.count) + ["┘"]
  }
}
