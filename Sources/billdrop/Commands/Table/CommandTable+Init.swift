extension CommandTable {
  static let initialise = CommandSpec(
    name: "init", operands: .oneAndMaybe("USE", "DIR"),
    summary: "Write a configuration and a layout to start from, with comments",
    details: """
      USE is nightly (a drop that is looked at every night), migration (old invoices, once) or validation (files
      that are only checked, which needs no configuration). Writes into DIR (unless told, this folder), beside
      them an example file that goes through, and prints what to do next. Nothing is written
      where one of the files is there already.
      """,
    options: [format], example: "billdrop init nightly bills")
}
