import BillIntake
import BillLayouts
import BillModel

/// The first record of each kind for a terminal: where its columns stand, and how the bill's fields come about.
struct PreviewText {
  let preview: FilePreview
  let screen: Screen

  var text: String {
    var lines: [String] = []
    for record in preview.records {
      lines += ["", screen.paint(title(record), "1")]
      if !record.units.isEmpty {
        lines += [""] + RulerText(units: record.units, marks: marks(record), screen: screen).lines
      }
      lines += [""] + (record.kind == .detail ? fields(record) : columns(record))
      lines += record.findings.flatMap { self.finding($0, margin: "  ") }
    }
    if !preview.unusedColumns.isEmpty {
      let names = preview.unusedColumns.map(Masking.cut).joined(separator: ", ")
      lines += [""] + TextLines.wrap("Not used: \(names)", to: screen.columns, margin: "  ")
    }
    if !preview.findings.isEmpty { lines.append("") }
    lines += preview.findings.flatMap { self.finding($0, margin: "") }
    return lines.map { String($0.reversed().drop { $0 == " " }.reversed()) }.joined(separator: "\n") + "\n"
  }

  private func title(_ record: FilePreview.Record) -> String {
    let place = ", on line \(record.line)"
    return switch record.kind {
    case .detail: "The first bill\(place)"
    case .header: "The header\(place)"
    case .parent: "The first parent record\(place)"
    case .trailer: "The trailer\(place)"
    case .ignored, .unknown: "A record of a kind that the layout doesn't know\(place)"
    }
  }

  private func marks(_ record: FilePreview.Record) -> [RulerText.Mark] {
    let places = record.columns.compactMap { column in column.place.map { (column.name, $0) } }
    let kind = preview.kindPlace.map { [mark("kind", $0)] } ?? []
    return kind + places.map(mark)
  }

  private func mark(_ name: String, _ place: FixedPlace) -> RulerText.Mark {
    RulerText.Mark(name: name, places: place.start - 1..<place.start - 1 + place.length)
  }

  // MARK: Tables

  private func columns(_ record: FilePreview.Record) -> [String] {
    let names = widest(record.columns.map(\.name), most: 40)
    return record.columns.map { column in
      "  \(padded(column.name, names))  \(column.isReadable ? Masking.shown(column.text) : bad(column))"
    }
  }

  private func bad(_ column: FilePreview.Column) -> String {
    screen.paint("✗ \(Masking.cut(column.text)): not what the layout says", "31")
  }

  private func fields(_ record: FilePreview.Record) -> [String] {
    let rows = record.fields.map { (field: $0, text: TraceText(trace: $0.trace, columns: record.columns.map(\.name))) }
    let paths = widest(rows.map(\.field.path), most: 40)
    let sources = widest(rows.map(\.text.source), most: max(16, (screen.columns - paths - 10) / 2))
    let values = widest(rows.map { shown($0.field) }, most: 32)
    let after = 2 + paths + 2 + sources + 2 + 4
    return rows.flatMap { row -> [String] in
      let value = shown(row.field)
      let isBad = row.field.findings.contains { $0.severity == .error }
      let painted = screen.paint(padded(value, values), isBad ? "31" : value == "—" ? "2" : "32")
      let front = "  \(padded(row.field.path, paths))  "
      let margin = String(repeating: " ", count: TextWidth.of(front))
      let source = TextLines.wrap("← " + row.text.source, to: sources + 2, margin: "  ")
      var lines = [front + source[0]] + source.dropFirst().map { margin + $0 }
      // A value that is wide stands below what it is made of.
      if after + TextWidth.of(value) > screen.columns {
        lines.append(margin + "→ " + painted)
      } else {
        lines[0] = front + padded(source[0], sources + 2) + "  → " + painted
      }
      lines = steps(row.text.steps, after: lines, at: after + values + 2)
      return lines + row.field.findings.flatMap { finding($0, margin: "    ") }
    }
  }

  /// Puts the steps behind the value, or below it where they don't fit there.
  private func steps(_ words: String, after lines: [String], at column: Int) -> [String] {
    if words.isEmpty { return lines }
    var lines = lines
    if column + TextWidth.of(words) <= screen.columns {
      lines[0] += "  " + screen.paint(words, "2")
      return lines
    }
    return lines
      + TextLines.wrap(words, to: screen.columns, first: "      by ", margin: "         ").map { screen.paint($0, "2") }
  }

  /// The value, `—` where there is none and `✗` where it could not be made.
  private func shown(_ field: FilePreview.Field) -> String {
    if let value = field.value { return Masking.shown(value) }
    return field.findings.contains { $0.severity == .error } ? "✗" : "—"
  }

  private func finding(_ finding: Finding, margin: String) -> [String] {
    let isError = finding.severity == .error
    let line = finding.record == 0 && finding.line > 0 ? "line \(finding.line): " : ""
    let text = Masking.printable("\(line)\(finding.message) \(finding.hint) [\(finding.code.rawValue)]")
    return TextLines.wrap(
      text, to: screen.columns, first: "\(margin)\(isError ? "✗" : "!") ", margin: "\(margin)  "
    ).map { screen.paint($0, isError ? "31" : "33") }
  }

  private func widest(_ texts: [String], most: Int) -> Int { min(most, texts.map(TextWidth.of).max() ?? 0) }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - TextWidth.of(text)))
  }
}
