package import BillModel
package import BillReports

/// What a command found out about one file.
package struct FileResult: Sendable {
  package var summary: Summary
  /// A few findings of each code, in file order, for people.
  package var examples: [Finding]
  /// Whether the file had been finished by an earlier run, so that this one sent nothing.
  package var wasDoneAlready: Bool

  /// Why sending ended; `nil` where nothing was to be sent.
  package var stop: SubmitStop?

  package init(summary: Summary, examples: [Finding], wasDoneAlready: Bool = false, stop: SubmitStop? = nil) {
    self.summary = summary
    self.examples = examples
    self.wasDoneAlready = wasDoneAlready
    self.stop = stop
  }
}
