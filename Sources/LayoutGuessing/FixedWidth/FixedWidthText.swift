import BillModel

/// Writes the layout that is guessed of a file of fixed width, each doubt above what it is about.
struct FixedWidthText: LayoutLines {
  var text = ""
  private let sample: FixedWidthSample
  private let fields: FixedWidthFields

  init(name: String, _ sample: FixedWidthSample) {
    self.sample = sample
    fields = FixedWidthFields(sample)
    line("{")
    opening()
    line("  \"name\": \(FieldGuesser.quoted(name)),")
    line("  \"format\": \"fixed-width\",")
    encoding()
    form()
    kinds()
    ruler()
    columns()
    mapping()
    line("}")
  }

  // MARK: The file

  private mutating func opening() {
    let places = sample.places
    let parts = sample.isWhole ? "" : " of the file's beginning\(sample.parts > 2 ? ", middle" : "") and end"
    line(
      "  // Guessed from \(Self.counted(sample.signs.count, "record"))\(parts), with values at fixed places. Where columns"
    )
    line("  // begin and end is what the records prove, no more: a description of the file is worth more. What begins")
    line("  // with \"\(LayoutGuess.mark)\" isn't sure: decide, then `billdrop layout check THIS-FILE BILL-FILE`.")
    if sample.headings.count > 0 {
      let lines = sample.headings.count == 1 ? "The first line names" : "The first two lines name"
      line("  // \(lines) the columns. Take them out of the file: a layout can't pass over them, and they are errors.")
    }
    if places.distinct == 1 {
      let words = places.count == 1 ? "There is one record" : "All \(places.count) records are the same"
      doubt("\(words): where columns begin and end, nothing proves.", 2)
    } else if !places.isProof {
      let count = places.distinct
      doubt("Only \(count) different bills: they don't prove where columns begin and end. Guess of a longer file.", 2)
    }
    if sample.cuts.count <= 1 { doubt("No columns are seen in the records.", 2) }
  }

  private static func counted(_ count: Int, _ word: String) -> String { count == 1 ? "1 \(word)" : "\(count) \(word)s" }

  private mutating func encoding() {
    let writing = sample.writing
    if writing.isEBCDIC {
      let odd = sample.oddSigns
      if odd > 0 {
        doubt(
          "EBCDIC, and \(odd) of its letters and marks are others in other code pages (IBM500, IBM1140, IBM273). "
            + "Do they come out right?", 2)
      } else {
        line("  // EBCDIC. All code pages have the letters and digits of this file at the same places.")
      }
    } else if writing.encoding == "windows-1252" {
      doubt("It is no UTF-8, and windows-1252 fits most such files. Do letters beyond A to Z come out right?", 2)
    }
    line("  \"encoding\": \(FieldGuesser.quoted(writing.encoding)),")
  }

  private mutating func form() {
    let records = sample.records
    var members: [String] = []
    if let length = sample.length {
      members.append("\"record_length\": \(length)")
      let others = sample.misshapen
      if others > 0 { line("  // \(Self.counted(others, "record")) of another length: each is an error of its row.") }
    } else {
      line("  // The records differ in length: blanks at their ends were taken away, or it says what kind they are.")
    }
    if records.hasDescriptors {
      line("  // A descriptor word stands before each record (RECFM=V): places count from behind it.")
      members.append("\"record_descriptors\": true")
    } else if !records.hasLineEnds {
      members.append("\"line_ends\": false")
    }
    if records.rest > 0 {
      doubt(
        "Behind the last whole record stand \(records.rest) bytes. Was the file cut, or is the length another one?", 2)
    }
    members.append("\"unit\": \"\(sample.countsBytes ? "bytes" : "characters")\"")
    line("  \"fixed_width\": { \(members.joined(separator: ", ")) },")
  }

  // MARK: Kinds of records

  private mutating func kinds() {
    let kinds = sample.kinds
    guard kinds.length > 0 else { return }
    let detail = kinds.detail.map(\.value)
    if let parent = kinds.parent {
      doubt(
        "Are the records \(Self.list(detail)) the bills, and \"\(parent.value)\" what holds for those behind it?", 2)
    }
    for group in kinds.strange {
      let count = Self.counted(group.rows.count, "record")
      line("  // \(count) \(FieldGuesser.quoted(group.value)): of no kind that is named here, an error of its row.")
    }
    if let header = kinds.header, !kinds.isHeaderUsual {
      doubt("Is the first record, \(FieldGuesser.quoted(header.value)), a header?", 2)
    }
    if let trailer = kinds.trailer, !kinds.isTrailerUsual {
      doubt("Is the last record, \(FieldGuesser.quoted(trailer.value)), a trailer?", 2)
    }
    line("  \"records\": {")
    line("    \"by\": { \"start\": 1, \"length\": \(kinds.length) },")
    kind("header", kinds.header, fields.headerColumns)
    line("    \"detail\": \(Self.list(detail)),")
    kind("parent", kinds.parent, fields.parentColumns)
    kind("trailer", kinds.trailer, fields.trailer.columns)
    if !kinds.ignored.isEmpty {
      let values = kinds.ignored.map(\.value)
      doubt("Are the records \(Self.list(values)) nothing that a bill needs?", 4)
      line("    \"ignored\": \(Self.list(values)),")
    }
    line("  },")
  }

  private mutating func kind(_ key: String, _ group: RecordKindsGuess.Group?, _ columns: [(String, ColumnCut)]) {
    guard let group else { return }
    let value = "\"value\": \(FieldGuesser.quoted(group.value))"
    if columns.isEmpty {
      line("    \"\(key)\": { \(value) },")
      return
    }
    line("    \"\(key)\": {")
    line("      \(value),")
    line("      \"columns\": {")
    for (name, cut) in columns { line("        \(FieldGuesser.quoted(name)): \(Self.place(cut)),") }
    line("      },")
    line("    },")
  }

  private static func list(_ values: [String]) -> String {
    let quoted = values.map { FieldGuesser.quoted($0) }
    return quoted.count == 1 ? quoted[0] : "[\(quoted.joined(separator: ", "))]"
  }

  // MARK: Columns

  private mutating func ruler() {
    line("")
    for words in Ruler(sample, fields).lines { line("  //   \(words)") }
  }

  private mutating func columns() {
    line("  \"columns\": {")
    let cuts = sample.cuts
    for (index, cut) in cuts.enumerated() {
      cutDoubts(index, cut)
      if cut.isStartLoose { line("    // It is given the blanks before it: where it begins in them isn't seen.") }
      let name = FieldGuesser.quoted(fields.names[index])
      let column = fields.columns[index]
      line("    \(name): \(Self.place(cut, align: Self.align(column))), // \(ColumnWords(column, sample.places).words)")
    }
    line("  },")
  }

  /// Where values stand in their place: a number with the place of a sign behind it has blanks at both ends.
  private static func align(_ column: FixedWidthColumn) -> String? {
    if column.cut.isRightAligned { return column.trailed > 0 ? "both" : "right" }
    return column.cut.kind == nil && column.indented > 0 ? "both" : nil
  }

  /// Whether its places are right, where that isn't said of all columns at once.
  private mutating func cutDoubts(_ index: Int, _ cut: ColumnCut) {
    guard sample.places.isProof else { return }
    let cuts = sample.cuts
    let isAdjacent = index > 0 && cuts[index - 1].range.upperBound == cut.range.lowerBound
    if !cut.isStartSure {
      let before = isAdjacent ? ", and what is before it end at \(cut.range.lowerBound)" : ""
      doubt("Does it begin at \(cut.range.lowerBound + 1)\(before)? The records don't prove it.", 4)
    }
    let isFollowed = index + 1 < cuts.count && cuts[index + 1].range.lowerBound == cut.range.upperBound
    if !cut.isEndSure, isFollowed, cut.kind == .decimal {
      doubt(
        "Does it end at \(cut.range.upperBound)? Digits stand right behind it: are they more decimals, or a value of their own?",
        4)
    }
    if !cut.isEndSure, !isFollowed { doubt("Does it end at \(cut.range.upperBound)? The records don't prove it.", 4) }
  }

  private static func place(_ cut: ColumnCut, align: String? = nil) -> String {
    var members = ["\"start\": \(cut.range.lowerBound + 1)", "\"length\": \(cut.range.count)"]
    if cut.kind == .packed || cut.kind == .zoned {
      members.append("\"type\": \"\(cut.kind == .packed ? "packed" : "zoned")\"")
    }
    if let align { members.append("\"align\": \"\(align)\"") }
    return "{ \(members.joined(separator: ", ")) }"
  }

  // MARK: Fields

  private mutating func mapping() {
    let unused = fields.columns.indices.filter { fields.target($0) == nil }
    mapping(
      fields.fields, unused: unused.map { fields.names[$0] },
      identities: unused.filter { fields.isIdentity($0) }.map { fields.names[$0] })
    for words in fields.trailer.remarks { line("  // \(words)") }
    if !fields.controls.isEmpty { line("  \"control\": { \(fields.controls.joined(separator: ", ")) },") }
  }
}
