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
    name: "layout check", operands: .oneOrTwo("LAYOUT", "FILE"),
    summary: "Tell all mistakes in a layout, or show a file's first bill by it",
    details: """
      LAYOUT is a file, or the name of a layout that is built in. All its mistakes are told at once, each with
      its line and its path. Ends 0 if there is none, 78 otherwise.
      """,
    options: [format], example: "billdrop layout check mine.json")
}
