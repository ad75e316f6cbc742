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
    name: "layout check", operands: .oneAndMaybe("LAYOUT", "FILE"),
    summary: "Tell all mistakes in a layout, and show what it makes of a file",
    details: """
      LAYOUT is a file, or the name of a layout that is built in. All its mistakes are told at once, each with
      its line and its path. With FILE (- is standard input) also the first record of each kind: where its
      columns stand, and of a bill how each field comes about, step by step, with what is wrong with it.
      Ends 0 if all is well, 78 if the layout has mistakes, 65 if the file can't be read by it, 1 if the
      records that are shown have errors. `billdrop validate` looks at all the others.
      """,
    options: [format], example: "billdrop layout check mine.json theirs.csv")

  static let layoutGuess = CommandSpec(
    name: "layout guess", operands: .one("FILE"),
    summary: "Write a layout for a bill file, as far as the file proves it",
    details: """
      Reads a CSV whole: encoding, delimiter, headings, what each column holds, the order of day and month and
      the decimal mark where the column proves them. Of values at fixed places, in text or EBCDIC, it reads the
      beginning, the middle and the end: the length of records, header and trailer, where columns begin and what
      they hold, with some records below a ruler, masked. Everything else has a comment above it that begins
      with // ?, and where a wrong guess would make wrong bills, a value that `layout check` refuses.
      """,
    options: [format], example: "billdrop layout guess theirs.csv > theirs.json")
}
