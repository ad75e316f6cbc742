import BillModel
import SchemaRules

/// The words for what is wrong with a heading row.
enum HeadingText {
  static func unknown(
    _ name: String, column: Int, isOnly: Bool, nearest: String?, known: [String], line: Int
  ) -> Finding {
    if name.isEmpty {
      return finding(
        .fileHeadingUnknown, name, line, message: "Column \(column) has no heading.",
        hint: "Give it the path of the field that it fills, or take the column out.")
    }
    if isOnly, let delimiter = [";", "\t", "|"].first(where: { name.contains($0) }) {
      let sign = delimiter == "\t" ? "tabs" : "'\(delimiter)'"
      // Whether it is a heading row at all isn't known: it isn't shown.
      return finding(
        .fileHeadingUnknown, nil, line, message: "The heading row is one column: the file is delimited by \(sign).",
        hint: "Save the file with commas between the columns.")
    }
    let hint =
      nearest.map { nearest in
        name.filter { $0 != " " } == nearest
          ? "Write it \"\(nearest)\", without blanks: nothing is trimmed."
          : "Did you mean \"\(nearest)\"?"
      } ?? "Headings are field paths: \(known.joined(separator: ", ")), where * is a key of your own."
    guard !isOnly, !mayBeValues(name) else {
      return finding(
        .fileHeadingUnknown, nil, line,
        message: isOnly
          ? "The first row is one column, which is no heading that is known."
          : "The heading of column \(column) is not known, and looks like a bill's values.",
        hint: hint)
    }
    return finding(
      .fileHeadingUnknown, name, line,
      message: "The heading \"\(Masking.cut(name))\" of column \(column) is not known.", hint: hint)
  }

  /// Whether what stands where a heading should may be values, which are nobody's to see: several in one, an address, or as
  /// many digits as a telephone number has.
  private static func mayBeValues(_ name: String) -> Bool {
    name.contains { ";\t|@".contains($0) } || name.utf8.count { (0x30...0x39).contains($0) } >= fewestDigits
  }

  private static let fewestDigits = 7

  /// A row's values where the headings should be: they are nobody's to see.
  static func absent(_ count: Int, line: Int) -> Finding {
    Finding(
      code: .fileHeadingUnknown, record: 0, line: line, column: nil, value: nil,
      message: "The file has no heading row: of the \(count) values of its first row none is a heading, and some look "
        + "like a bill's.",
      hint: "Put a heading row before it, or name a layout that says what each column is (\"heading\": false).")
  }

  /// A layout that says that there are no headings, and not what the columns are.
  static func none(line: Int) -> Finding {
    finding(
      .fileHeadingMissing, nil, line,
      message: "Nothing says what the columns are: by its layout the file has no headings.",
      hint: "Say under \"fields\" in the layout what fills each field.")
  }

  static func repeated(_ name: String, columns first: Int, _ second: Int, line: Int) -> Finding {
    let isShown = !mayBeValues(name)
    return finding(
      .fileHeadingRepeated, isShown ? name : nil, line,
      message: "\(isShown ? "The heading \"\(Masking.cut(name))\"" : "One heading") stands over two columns, "
        + "\(first) and \(second).",
      hint: "Keep one of the two columns, or give the other one the heading that it should have.")
  }

  static func badKey(_ name: String, key: String, fault: FieldFault, rule: FieldRule, line: Int) -> Finding {
    let hint =
      "A metadata key has \(rule.minLength ?? 1) to \(rule.maxLength.map(String.init) ?? "any number of") characters."
    return finding(
      .metadataKey, name, line,
      message: key.isEmpty
        ? "The heading \"\(name)\" has no metadata key behind its point."
        : "The metadata key \"\(Masking.cut(key))\" can't be one\(lengthNote(fault)).",
      hint: hint)
  }

  static func markKey(_ name: String, key: String, line: Int) -> Finding {
    finding(
      .metadataKey, name, line, message: "The metadata key \"\(key)\" is billdrop's own: it says what was added last.",
      hint: "Take the column out, or give it another key.")
  }

  static func tooMany(_ count: Int, limit: Int, line: Int) -> Finding {
    finding(
      .fileHeadingCount, nil, line, message: "The file has \(count) columns of fields.",
      hint: "At most \(limit) are read: leave out metadata that nobody needs.")
  }

  static func missing(_ paths: [String], of object: String, line: Int) -> Finding {
    let names = paths.map(requiredHeading)
    let list = names.map { "\"\($0)\"" }.joined(separator: " or ")
    let owner = object.isEmpty ? "Every bill" : "Every \(object.split(separator: ".").last.map(String.init) ?? object)"
    return finding(
      .fileHeadingMissing, names.first, line, message: "There is no column \(list).",
      hint: "\(owner) needs it: add the column to the file.")
  }

  /// The heading that brings an object into being is that of its reference.
  private static func requiredHeading(_ path: String) -> String {
    switch path {
    case "customer", "account": "\(path).external_reference"
    case "account.customer": "account.customer.external_reference"
    default: path
    }
  }

  private static func lengthNote(_ fault: FieldFault) -> String {
    if case .tooLong(let length, _) = fault { ": it has \(length) characters" } else { "" }
  }

  private static func finding(
    _ code: FindingCode, _ column: String?, _ line: Int, message: String, hint: String
  ) -> Finding {
    let shown = column.map { Masking.cut($0) }
    return Finding(code: code, record: 0, line: line, column: shown, value: shown, message: message, hint: hint)
  }
}
