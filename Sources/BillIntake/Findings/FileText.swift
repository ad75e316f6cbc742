import BillLayouts
import BillModel
import Tabular

/// The words for what rejects a file as a whole, the headings apart.
enum FileText {
  /// - Parameter form: How it is read: what is passed over is no row.
  static func empty(byteCount: Int64, _ form: FileReading.Form) -> Finding {
    var passesOver = false
    if case .csv(let dialect) = form { passesOver = dialect.comment != nil || dialect.skippedLines > 0 }
    let others = passesOver ? ", and lines that its layout passes over" : ""
    return finding(
      .fileEmpty, line: 0, byteCount == 0 ? "The file is empty." : "The file holds nothing but blank lines\(others).",
      "A file with no bills has at least its heading row; was the export interrupted?")
  }

  /// - Parameter form: How the file is read.
  static func unclosedQuote(_ fault: RecordFault, names: [String], _ form: FileReading.Form) -> Finding {
    let marks = DialectWords(form)
    let column = fault.field.flatMap { $0 < names.count ? names[$0] : nil }
    if case .unclosedQuote(.recordTooLong) = fault.kind {
      return Finding(
        code: .fileUnclosedQuote, record: 0, line: fault.line, column: column,
        message:
          "A \(marks.quote) opens on line \(fault.line), and the row that it stands in grows longer than any may be.",
        hint:
          "Close it where the value ends, or shorten the value: a row has \(CSVParser.defaultMaximumRecordBytes) bytes "
          + "at most, and the longest bill needs a few kilobytes.")
    }
    return Finding(
      code: .fileUnclosedQuote, record: 0, line: fault.line, column: column,
      message: "A \(marks.quote) opens on line \(fault.line) and is never closed.",
      hint: "Close it, or \(marks.insideQuotes) if it belongs to the value: what stands in which row can't be known "
        + "after it.")
  }

  /// A file that can't be read to its end, or not trusted.
  static func damaged(_ damage: InputDamage) -> Finding {
    switch damage {
    case .byteOrderUnknown, .byteOrderMark:
      finding(.fileEncoding, line: 0, damage.description, "Correct the layout's \"encoding\", or send the file in it.")
    case .notGzip:
      finding(
        .fileDamaged, line: 0, damage.description,
        "The layout takes gzips alone: pack it, or was it damaged on its way?")
    case .unpackedTooLarge, .unpackedRatio:
      finding(.fileDamaged, line: 0, damage.description, "No bill file is like that: is it the right one?")
    case .filterFailed:
      finding(
        .fileDamaged, line: 0, damage.description, "Send it again, whole; or is it packed otherwise than its feed says?"
      )
    case .recordDescriptor(.unknown, _):
      finding(
        .fileDamaged, line: 0, damage.description,
        "It takes four bytes: was the file sent as binary, and with its descriptor words (FTP: quote site rdw)?")
    case .recordDescriptor(.spanned, _), .recordDescriptor(.block, _):
      finding(
        .fileDamaged, line: 0, damage.description,
        "Send it without blocks, each record whole behind a word of its own, as FTP does after quote site rdw.")
    case .recordDescriptor(.cut, _), .gzipTruncated, .gzipInvalid, .gzipChecksum, .gzipLength, .gzipTrailingBytes,
      .recordEndless:
      finding(.fileDamaged, line: 0, "The file is damaged: \(damage.description)", "Send it again, whole.")
    }
  }

  /// So much that isn't in the encoding that the layout must be wrong about it.
  static func undecodable(encoding: String, atLeast count: Int) -> Finding {
    finding(
      .fileEncoding, line: 0, "More than \(count) places in the file are not \(encoding).",
      "Which encoding was it written in? State that in the layout.")
  }

  /// A name that isn't as the layout says.
  static func name(_ name: String, pattern: String, layout: String) -> Finding {
    finding(
      .fileName, line: 0, "The file's name, \(Masking.cut(name)), is not as the layout \(layout) says.",
      "It must match \(pattern)."
        + (name.hasPrefix("rejected.") ? " Mended rows go by their file's name with .mended before its extension." : "")
    )
  }

  /// Rows of a file without headings that differ in how many columns they have.
  static func columnCounts(_ count: Int, line: Int, rows: Int, other: Int, rows others: Int) -> Finding {
    finding(
      .fileColumnCount, line: line,
      "The first bill has \(fields(count)), as \(of(rows)), and \(of(others)) \(other): nothing says which are right.",
      statesCount)
  }

  /// The same of rows to mend, which may all be those that had too many.
  static func columnCountOfMended(_ count: Int, line: Int, needed: Int) -> Finding {
    finding(
      .fileColumnCount, line: line,
      "The first row has \(fields(count)), and the layout takes values from \(needed): whether the file that it comes "
        + "from has so many columns isn't known.",
      statesCount)
  }

  private static let statesCount =
    "Say in the layout how many columns each row of a whole file has: \"columns\" under \"csv\"."

  private static func fields(_ count: Int) -> String { count == 1 ? "1 field" : "\(count) fields" }

  /// So many rows.
  private static func of(_ rows: Int) -> String { rows == 1 ? "1 row has" : "\(rows) rows have" }

  /// A header, trailer or parent record that is not where or what it should be.
  static func kind(_ problem: KindProblem) -> Finding {
    switch problem {
    case .headerMissing:
      finding(
        .fileHeader, line: 0, "The file has no header record.", "It comes first: is the file's beginning missing?")
    case .headerLate(let line):
      finding(
        .fileHeader, line: line, "A header record stands on line \(line), not at the beginning alone.",
        "A file has one header, its first record: were two files put together?")
    case .trailerMissing:
      finding(.fileTrailer, line: 0, "The file has no trailer record.", "It comes last: is the file cut short?")
    case .trailerTwice(let line):
      finding(
        .fileTrailer, line: line, "A second trailer record stands on line \(line).",
        "A file has one trailer, its last record: were two files put together?")
    case .afterTrailer(let line):
      finding(
        .fileTrailer, line: line, "The file goes on after its trailer record, on line \(line).",
        "The trailer is the last record: were two files put together?")
    case .damaged(let line):
      finding(
        .fileDamaged, line: line, "The header, parent or trailer record on line \(line) can't be read.",
        "Is it text in the layout's encoding, and has it the layout's length?")
    }
  }

  /// A heading row that can't be read as text.
  ///
  /// - Parameters:
  ///   - form: How the file is read.
  ///   - isOfLine: Whether the fault's place is that of its line, for that of a byte isn't known.
  static func heading(_ fault: RecordFault, _ form: FileReading.Form, isOfLine: Bool) -> Finding {
    switch fault.kind {
    case .unclosedQuote: unclosedQuote(fault, names: [], form)
    case .invalidUTF8:
      finding(
        .fileEncoding, line: fault.line, "The heading row is not UTF-8 at byte \(fault.byteOffset) of the file.",
        "Save the file as UTF-8; a program on Windows may have written Windows-1252.")
    case .nulByte:
      finding(
        .fileBinary, line: fault.line,
        isOfLine
          ? "The heading row, which begins at byte \(fault.byteOffset) of the file, has a NUL byte in it."
          : "The heading row has a NUL byte in it, at byte \(fault.byteOffset) of the file.",
        "Send the file as CSV: text in UTF-8.")
    case .recordTooLong(let limit):
      finding(
        .fileHeadingUnknown, line: fault.line, "The heading row is longer than \(limit) bytes.",
        "The first line of the file names its columns: is this a CSV file?")
    case .byteOrderMark:
      finding(
        .fileEncoding, line: fault.line,
        "The heading row begins with a second byte order mark, at byte \(fault.byteOffset) of the file.",
        "A file begins with one at most: was it saved twice, or put together?")
    case .undecodable, .cutCharacter:
      finding(
        .fileEncoding, line: fault.line,
        "The heading row has bytes that its encoding doesn't have, at byte \(fault.byteOffset) of the file.",
        "Save the file anew, as UTF-8 or in the encoding that its layout names.")
    case .shortRecord(let length, let expected), .longRecord(let length, let expected),
      .truncatedRecord(let length, let expected):
      finding(
        .fileHeadingUnknown, line: fault.line, "The heading row has the length \(length), not \(expected).",
        "Compare the layout's record length with the file's.")
    case .roomyRecord(let length, let extent):
      finding(
        .fileHeadingUnknown, line: fault.line,
        "The heading row has the length \(length), and its columns end at \(extent).",
        "Compare the layout's columns with the file's.")
    case .bytesAfterClosingQuote, .quoteInUnquotedField, .danglingEscape:
      finding(
        .fileHeadingUnknown, line: fault.line,
        "A \(DialectWords(form).quote) stands where the heading row can't have one.",
        "Write the headings without quotes.")
    }
  }

  static func notText(_ content: BinaryContent) -> Finding {
    switch content {
    case .utf16, .utf32:
      finding(
        .fileEncoding, line: 0, "The file is in \(content == .utf16 ? "UTF-16" : "UTF-32"), not in UTF-8.",
        "Save it as UTF-8 (in Excel \"CSV UTF-8 (comma delimited)\"), or use a layout with \"encoding\": "
          + "\"\(content == .utf16 ? "UTF-16" : "UTF-32")\".")
    case .workbook, .compoundFile:
      finding(
        .fileBinary, line: 0, "The file is a workbook of a spreadsheet program, not text.",
        "Save the sheet as \"CSV UTF-8 (comma delimited)\", and send that.")
    case .gzip, .zstd, .bzip2, .xz, .sevenZip, .zip:
      finding(
        .fileBinary, line: 0, "The file is compressed (\(content.rawValue)).", "Unpack it, and send the CSV in it.")
    case .pdf, .png, .jpeg, .gif, .elf, .sqlite, .unknown:
      finding(
        .fileBinary, line: 0,
        content == .unknown ? "The file is not text." : "The file is not text (\(content.rawValue)).",
        "Send the bills as CSV: text in UTF-8.")
    }
  }

  private static func finding(_ code: FindingCode, line: Int, _ message: String, _ hint: String) -> Finding {
    Finding(code: code, record: 0, line: line, message: message, hint: hint)
  }
}
