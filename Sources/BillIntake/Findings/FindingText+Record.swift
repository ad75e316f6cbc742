import BillModel

extension FindingText {
  static let noLineEnd = FindingWords(
    "The last row has no line end, and the rows above it have one.",
    "The file may be cut short, in the middle of a value: compare it with the sender's.")

  func fieldCount(_ count: Int, _ ending: RecordEnding) -> FindingWords {
    let wanted = plan.fileColumns
    let fields = count == 1 ? "1 field" : "\(count) fields"
    let model =
      switch plan.mapped?.countedBy {
      case .firstBill: "the first bill"
      case .layout: "by the layout each row"
      case .heading, nil: "the heading row"
      }
    guard count < wanted else {
      return FindingWords(
        "The row has \(fields), and \(model) has \(wanted).",
        "\(marks.withDelimiter), and take out what stands behind the last column.")
    }
    if ending == .mark {
      return FindingWords(
        "The row is a Ctrl-Z (byte 1A) and nothing else, by which old programs end a file.", "Take it out.")
    }
    return FindingWords(
      count == 1
        ? "The row has 1 field only (or is blank), and \(model) has \(wanted)."
        : "The row has \(fields), and \(model) has \(wanted).",
      ending == .open
        ? "The file ends in this row, without a line end, and may be cut short: compare it with the sender's."
        : "Every row needs \(wanted) fields: leave an absent value empty, and keep its \(marks.delimiter).")
  }

  func quoteInField(_ column: ColumnPlan?) -> FindingWords {
    FindingWords(
      "\(Self.place(column)) has a \(marks.quote) in the middle of a value that doesn't begin with one.",
      marks.withQuote)
  }

  func bytesAfterQuote(_ column: ColumnPlan?) -> FindingWords {
    FindingWords(
      "\(Self.place(column)) goes on after its closing quote.",
      "After the closing quote comes a delimiter or the end of the line; a quote inside of a value "
        + (marks.escape.map { "has \($0) before it." } ?? "is written twice."))
  }

  /// - Parameter isOfLine: Whether the place is that of its line, for that of the byte isn't known.
  func nulByte(_ column: ColumnPlan?, _ offset: Int, isOfLine: Bool) -> FindingWords {
    FindingWords(
      "\(Self.place(column)) has a NUL byte in it, \(isOfLine ? "in the line that begins at" : "at") byte \(offset) of "
        + "the file.",
      "Export the file again: text has no NUL bytes.")
  }

  func invalidUTF8(_ column: ColumnPlan?, _ offset: Int) -> FindingWords {
    FindingWords(
      "\(Self.place(column)) is not UTF-8 at byte \(offset) of the file.",
      "Save the file as UTF-8; a program on Windows may have written Windows-1252.")
  }

  func recordTooLong(_ limit: Int) -> FindingWords {
    FindingWords(
      "The row is longer than \(limit) bytes, and was passed over.",
      "Look for a line end that is missing; the longest bill needs a few kilobytes.")
  }

  func undecodable(_ column: ColumnPlan?, _ offset: Int) -> FindingWords {
    FindingWords(
      "\(Self.place(column)) has a byte that the file's encoding doesn't have, at byte \(offset) of the file.",
      "Send the file in the encoding that its layout names, or name the file's encoding in the layout.")
  }

  func byteOrderMark(_ offset: Int) -> FindingWords {
    FindingWords(
      "The row begins with a byte order mark, at byte \(offset) of the file.",
      "Only the file as a whole may begin with one: were several files put together, or was one saved twice?")
  }

  func danglingEscape(_ column: ColumnPlan?) -> FindingWords {
    FindingWords(
      "\(Self.place(column)) ends with an escape character that nothing follows.",
      "The end of the file is missing, or the character belongs to the value: write it twice then.")
  }

  func recordLength(_ length: Int, _ expected: Int, _ isCut: Bool) -> FindingWords {
    guard !isCut else {
      return FindingWords(
        "The file ends in the middle of this record: \(length) of \(expected).",
        "The end of the file is missing: was the transfer interrupted?")
    }
    return FindingWords(
      "The record has the length \(length), not \(expected).",
      "Every record has the length that the layout states: look for a line end within a record, or a missing one.")
  }

  func recordRoom(_ length: Int, _ extent: Int) -> FindingWords {
    FindingWords(
      "The record has the length \(length), and its columns end at \(extent): another one has room in it.",
      "A line end is missing, or there are none at all: state \"line_ends\": false then. If records are as long as "
        + "this, state their \"record_length\".")
  }

  static func place(_ column: ColumnPlan?) -> String { column.map { "The column \($0.heading)" } ?? "The row" }
}
