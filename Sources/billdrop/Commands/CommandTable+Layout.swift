extension CommandTable {
  static let layoutList = CommandSpec(
    name: "layout list", operands: .none, summary: "Name the layouts that are built in",
    details: "One a line, with what it is for. `billdrop layout show NAME` prints one to start from.",
    options: [format], example: "billdrop layout list")

  static let layoutShow = CommandSpec(
    name: "layout show", operands: .one("NAME"), summary: "Print a layout that is built in, to start from",
    details: "The layout as a file: JSON with comments. Write it to a file, change it, and check it.",
    options: [], example: "billdrop layout show default > mine.json")

  static let layoutCheck = CommandSpec(
    name: "layout check", operands: .one("LAYOUT"),
    summary: "Tell all mistakes in a layout",
    details: """
      LAYOUT is a file, or the name of a layout that is built in. All its mistakes are told at once, each with
      its line and its path. Ends 0 if there is none, 78 otherwise.
      """,
    options: [format], example: "billdrop layout check mine.json")

  static let layoutGuess = CommandSpec(
    name: "layout guess", operands: .one("FILE"),
    summary: "Write a layout for a CSV file, as far as the file proves it",
    details: """
      Reads FILE whole: encoding, delimiter, headings, what each column holds, the order of day and month and
      the decimal mark where the column proves them. Everything else has a comment above it that begins with
      // ?, and where a wrong guess would make wrong bills, a value that `layout check` refuses.
      """,
    options: [format], example: "billdrop layout guess theirs.csv > theirs.json")
}
